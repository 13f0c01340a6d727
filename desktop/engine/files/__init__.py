"""Files of this computer: what is shared from it and what is saved to it."""
