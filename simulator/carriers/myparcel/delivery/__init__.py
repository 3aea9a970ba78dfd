"""When and where a parcel could be delivered: what is asked, days, offers, how they are shown."""
