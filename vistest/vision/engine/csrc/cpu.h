// What this processor can do. Compiled without any instruction set flags.
#pragma once

namespace vistest {

bool cpu_has_avx2();          // AVX2 and FMA, and the system keeps the registers.
bool cpu_has_avx512_vnni();   // AVX512 F, BW, DQ, VL and VNNI.
bool cpu_has_neon_dot();      // The Arm dot product instructions.

}  // namespace vistest
