"""What MyParcel accepts in a body: shipments, returns, and the codes of what it does not."""
