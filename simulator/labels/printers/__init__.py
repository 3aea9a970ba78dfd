"""Labels in the languages of label printers."""
