"""The parts of the sample data generator, one job each."""
