package io.plumbline.matrix.connector;

import java.time.LocalDate;

/** A short text that changes when a partition's rows change, deletes included. */
public record PartitionFingerprint(LocalDate date, String fingerprint) {}
