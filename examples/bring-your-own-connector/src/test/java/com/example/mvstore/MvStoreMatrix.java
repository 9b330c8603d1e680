package com.example.mvstore;

import io.plumbline.matrix.engine.MatrixSuite;

@MatrixSuite(registry = "mvstore.yaml")
final class MvStoreMatrix {}
