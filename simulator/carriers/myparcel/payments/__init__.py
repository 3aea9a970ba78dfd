"""What prepaid shops pay before they get labels."""
