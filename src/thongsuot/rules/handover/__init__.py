"""What a closing body held, where each thing went, and the proof that nothing was left out."""
