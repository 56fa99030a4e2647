// Where things lie in memory.
//
// A tensor is a row of planes; a plane is a picture of cells of four bytes. A cell of a uint8 tensor
// holds four neighbouring channels of one pixel, a cell of a float tensor one channel of one pixel.
// Rows follow each other at `pitch` cells, which is the width and `border` cells that hold the
// zero point: they are the right border of a row and the left border of the next one. So a
// convolution reads at a fixed distance from the pixel that it makes, whatever the pixel, and runs
// over a plane as over one long row.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vistest {

constexpr int kCellBytes = 4;
// A kernel may write this many cells beyond the last pixel of a plane.
constexpr long kOverrun = 128;

inline long round_up(long value, long step) { return (value + step - 1) / step * step; }

struct Geometry {
  long height = 0;
  long width = 0;
  long border = 1;

  long pitch() const { return width + border; }
  // Cells that a kernel runs over, border columns included.
  long run() const { return height * pitch(); }
  // Cells of border before the first and after the last row.
  long margin() const { return border * pitch() + border; }
  // Cells before the first pixel; the first pixel is aligned to a cache line.
  long front() const { return round_up(margin(), 16); }
  long plane_cells() const {
    long behind = margin() > kOverrun ? margin() : kOverrun;
    return round_up(front() + run() + behind, 16);
  }
  long plane_bytes() const { return plane_cells() * kCellBytes; }
};

}  // namespace vistest
