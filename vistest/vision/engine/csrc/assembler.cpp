#include "assembler.h"

namespace vistest {

void Assembler::bytes(std::initializer_list<int> values) {
  for (int value : values) byte(value);
}

void Assembler::integer(std::int32_t value) {
  for (int shift = 0; shift < 32; shift += 8) byte(static_cast<std::uint32_t>(value) >> shift & 0xff);
}

void Assembler::align(int bytes, std::uint8_t filler) {
  while (code_.size() % bytes != 0) byte(filler);
}

// `extended`: the last operand is one of registers 8 to 15.
void Assembler::vex_prefix(const Opcode& opcode, int target, int first, bool extended) {
  const int inverted = (~first & 15) << 3 | 4 | opcode.prefix;
  const int high = target < 8 ? 0x80 : 0;
  if (opcode.map == 1 && !extended) {
    bytes({0xc5, high | inverted});
  } else {
    bytes({0xc4, high | 0x40 | (extended ? 0 : 0x20) | opcode.map, inverted});
  }
  byte(opcode.byte);
}

void Assembler::vex(const Opcode& opcode, int target, int first, int second) {
  vex_prefix(opcode, target, first, second >= 8);
  byte(0xc0 | (target & 7) << 3 | (second & 7));
}

void Assembler::vex(const Opcode& opcode, int target, int first, const At& second) {
  vex_prefix(opcode, target, first, second.base >= 8);
  memory(target, second, 1);
}

// `extended` and `high` are bits 3 and 4 of the number of the last operand.
void Assembler::evex_prefix(const Opcode& opcode, int target, int first, bool extended, bool high,
                            bool broadcast) {
  byte(0x62);
  byte((target & 8 ? 0 : 0x80) | (high ? 0 : 0x40) | (extended ? 0 : 0x20) |
       (target & 16 ? 0 : 0x10) | opcode.map);
  byte((~first & 15) << 3 | 4 | opcode.prefix);
  byte(0x40 | (broadcast ? 0x10 : 0) | (first & 16 ? 0 : 8));
  byte(opcode.byte);
}

void Assembler::evex(const Opcode& opcode, int target, int first, int second) {
  evex_prefix(opcode, target, first, (second & 8) != 0, (second & 16) != 0, false);
  byte(0xc0 | (target & 7) << 3 | (second & 7));
}

void Assembler::evex(const Opcode& opcode, int target, int first, const At& second,
                     int element_bytes, bool broadcast) {
  evex_prefix(opcode, target, first, second.base >= 8, false, broadcast);
  memory(target, second, element_bytes);
}

// A short distance counts in units of `unit` bytes.
void Assembler::memory(int target, const At& operand, int unit) {
  const int scaled = operand.distance / unit;
  const bool is_short = operand.distance % unit == 0 && scaled >= -128 && scaled <= 127;
  byte((is_short ? 0x40 : 0x80) | (target & 7) << 3 | (operand.base & 7));
  if ((operand.base & 7) == kRsp) byte(0x24);
  if (is_short) {
    byte(scaled & 0xff);
  } else {
    integer(operand.distance);
  }
}

void Assembler::move(Register to, Register from) {
  bytes({0x48 | (from >= 8 ? 4 : 0) | (to >= 8 ? 1 : 0), 0x89, 0xc0 | (from & 7) << 3 | (to & 7)});
}

void Assembler::add(Register to, Register value) {
  bytes({0x48 | (value >= 8 ? 4 : 0) | (to >= 8 ? 1 : 0), 0x01, 0xc0 | (value & 7) << 3 | (to & 7)});
}

void Assembler::add(Register to, std::int32_t value) {
  bytes({0x48 | (to >= 8 ? 1 : 0), 0x81, 0xc0 | (to & 7)});
  integer(value);
}

void Assembler::enter(std::int32_t frame_bytes) {
  bytes({0x55, 0x48, 0x89, 0xe5, 0x48, 0x81, 0xec});  // push rbp; mov rbp, rsp; sub rsp, ...
  integer(frame_bytes);
  bytes({0x48, 0x83, 0xe4, 0xc0});  // and rsp, -64
}

void Assembler::leave() { byte(0xc9); }

void Assembler::clear_and_return() { bytes({0xc5, 0xf8, 0x77, 0xc3}); }

void Assembler::loop(long start) {
  bytes({0x48, 0xff, 0xca, 0x0f, 0x85});  // dec rdx; jnz
  integer(static_cast<std::int32_t>(start - (position() + 4)));
}

}  // namespace vistest
