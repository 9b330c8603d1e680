package io.plumbline.matrix.defect;

import java.util.List;
import java.util.function.UnaryOperator;

/** What a broken sink makes of a load; may remember earlier loads of its case. */
@FunctionalInterface
interface LoadFault {

  /** The loads that really happen, in order; none when nothing happens. */
  List<Delivery> deliver(Delivery handedOver);

  /** A fault that makes one load of one load. */
  static LoadFault of(UnaryOperator<Delivery> change) {
    return handedOver -> List.of(change.apply(handedOver));
  }

  /** A fault that leaves the first load alone. */
  static LoadFault later(UnaryOperator<Delivery> change) {
    return handedOver -> List.of(handedOver.first() ? handedOver : change.apply(handedOver));
  }
}
