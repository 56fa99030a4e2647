"""Values that cross rooms. Imports numpy at most."""
