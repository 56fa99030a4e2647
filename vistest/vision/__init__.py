"""Pixels -> what is on the screen. Import the modules; this one loads nothing."""
