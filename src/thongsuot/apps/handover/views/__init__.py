"""The pages of the handover."""
