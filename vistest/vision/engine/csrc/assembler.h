// Writes the few x86-64 instructions that generated kernels consist of.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <vector>

namespace vistest {

enum Register : int {
  kRax = 0, kRcx = 1, kRsp = 4, kRsi = 6, kRdi = 7, kR8 = 8, kR9 = 9, kR11 = 11
};

// An operand in memory: at a register and a distance.
struct At {
  Register base;
  std::int32_t distance;
};

// The opcode of a vector instruction: mandatory prefix, map and byte, as the manuals list them.
struct Opcode {
  int prefix;  // 0: none, 1: 66, 2: F3
  int map;     // 1: 0F, 2: 0F38
  int byte;
};

namespace op {
constexpr Opcode kLoad = {2, 1, 0x6f};  // vmovdqu
constexpr Opcode kStore = {2, 1, 0x7f};
constexpr Opcode kBroadcast = {1, 2, 0x58};        // vpbroadcastd
constexpr Opcode kBroadcastLanes = {1, 2, 0x5a};   // vbroadcasti32x4
constexpr Opcode kMultiplyBytes = {1, 2, 0x04};    // vpmaddubsw
constexpr Opcode kMultiplyWords = {1, 1, 0xf5};    // vpmaddwd
constexpr Opcode kDotBytes = {1, 2, 0x50};         // vpdpbusd
constexpr Opcode kAddWords = {1, 1, 0xfd};         // vpaddw
constexpr Opcode kAddSaturated = {1, 1, 0xed};     // vpaddsw
constexpr Opcode kAddIntegers = {1, 1, 0xfe};      // vpaddd
constexpr Opcode kToFloat = {0, 1, 0x5b};          // vcvtdq2ps
constexpr Opcode kToInteger = {1, 1, 0x5b};        // vcvtps2dq
constexpr Opcode kMultiplyFloats = {0, 1, 0x59};   // vmulps
constexpr Opcode kPackIntegers = {1, 1, 0x6b};     // vpackssdw
constexpr Opcode kPackWords = {1, 1, 0x67};        // vpackuswb
constexpr Opcode kLargestBytes = {1, 1, 0xde};     // vpmaxub
constexpr Opcode kShuffleBytes = {1, 2, 0x00};     // vpshufb
}  // namespace op

class Assembler {
 public:
  const std::vector<std::uint8_t>& code() const { return code_; }
  long position() const { return static_cast<long>(code_.size()); }
  void align(int bytes, std::uint8_t filler);

  // 256 bits, VEX: target = operation(first, second). `first` is 0 where there is only one source.
  void vex(const Opcode& opcode, int target, int first, int second);
  void vex(const Opcode& opcode, int target, int first, const At& second);

  // 512 bits, EVEX, registers 0 to 31. With `broadcast` the operand in memory is one 32-bit value.
  void evex(const Opcode& opcode, int target, int first, int second);
  void evex(const Opcode& opcode, int target, int first, const At& second, int element_bytes,
            bool broadcast);

  void move(Register to, Register from);
  void add(Register to, Register value);
  void add(Register to, std::int32_t value);
  void enter(std::int32_t frame_bytes);  // A frame on the stack, aligned to 64 bytes.
  void leave();                          // Undoes `enter`.
  void clear_and_return();               // Clears the upper halves of the registers before.
  void loop(long start);                 // Counts rdx down and jumps to `start` until it is 0.

 private:
  void byte(int value) { code_.push_back(static_cast<std::uint8_t>(value)); }
  void bytes(std::initializer_list<int> values);
  void integer(std::int32_t value);
  void vex_prefix(const Opcode& opcode, int target, int first, bool extended);
  void evex_prefix(const Opcode& opcode, int target, int first, bool extended, bool high,
                   bool broadcast);
  void memory(int target, const At& operand, int unit);

  std::vector<std::uint8_t> code_;
};

}  // namespace vistest
