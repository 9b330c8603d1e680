package io.plumbline.matrix.connector;

import io.plumbline.matrix.registry.Family;
import org.apiguardian.api.API;

/** What a system really is, as it told itself where it can. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record SystemInfo(Family family, String product, String version, EvidenceLevel level) {}
