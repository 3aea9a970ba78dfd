"""What is printed as PDF: labels, customs forms and manifests."""
