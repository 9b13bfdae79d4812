"""Taking over the reference data of Statistics Netherlands: areas, postcodes and figures."""
