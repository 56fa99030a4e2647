#include "kernels.h"

#include <stdexcept>

namespace vistest {

extern const Kernels kScalarKernels, kAvx2Kernels, kAvx512VnniKernels, kNeonDotKernels;

const std::vector<Kernels>& kernel_table() {
  static const std::vector<Kernels> table = {
#if defined(VISTEST_X86_KERNELS)
      kAvx512VnniKernels, kAvx2Kernels,
#endif
#if defined(VISTEST_ARM_KERNELS)
      kNeonDotKernels,
#endif
      kScalarKernels,
  };
  return table;
}

const Kernels& choose_kernels(const std::string& name) {
  std::string known;
  for (const Kernels& row : kernel_table()) {
    if (name.empty() ? row.available() : name == row.name) {
      if (row.available()) return row;
      throw std::invalid_argument("this processor lacks " + std::string(row.needs) +
                                  ", which the kernels '" + name + "' need");
    }
    known += std::string(known.empty() ? "" : ", ") + row.name;
  }
  throw std::invalid_argument("there are no kernels named '" + name + "' here, only " + known);
}

}  // namespace vistest
