// Builds the bundles into dist/.
