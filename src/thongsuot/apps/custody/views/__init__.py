"""The pages about boxes."""
