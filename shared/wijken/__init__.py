"""The municipality's wijken and buurten."""
