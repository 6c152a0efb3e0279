"""Money, seals and bundles of a body that ends: what must add up before it may."""
