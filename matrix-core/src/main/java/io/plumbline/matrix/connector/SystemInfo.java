package io.plumbline.matrix.connector;

import io.plumbline.matrix.registry.Family;

/** What a system really is, as it told itself where it can. */
public record SystemInfo(Family family, String product, String version, EvidenceLevel level) {}
