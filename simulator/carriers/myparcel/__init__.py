"""MyParcel (2017), and its twin of the Netherlands: parcels, mailbox packages, letters, returns."""
