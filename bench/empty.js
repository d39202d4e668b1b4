// Nothing: the start of a Node that runs this is what the bundles are measured beside.
