package io.plumbline.matrix.connector;

import java.time.LocalDate;
import org.apiguardian.api.API;

/** A short text that changes when a partition's rows change, deletes included. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record PartitionFingerprint(LocalDate date, String fingerprint) {}
