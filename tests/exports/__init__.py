"""Made-up files with every trait that real exports have: writers for the formats, and the traits one by one."""
