"""What the public may know, and which office answers for what: decided here, told in apps/disclosure."""
