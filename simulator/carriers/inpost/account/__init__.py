"""What an organization keeps: users, address books, cost centres, reports."""
