// Wakes whoever works for a rank, from any process or thread. A ring is never lost: the counter is read first, then
// work is looked for, and nobody sleeps or stops driving if the counter has moved meanwhile.
#pragma once

#include <linux/futex.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "layout.h"

namespace kiln::collectives {

inline void Ring(Member& member) {
  member.doorbell.fetch_add(1);
  if (member.driven.load() != 0 || member.sleeping.load() == 0) return;
  syscall(SYS_futex, &member.doorbell, FUTEX_WAKE, 1, nullptr, nullptr, 0);
}

// For the communication thread.
inline void Wait(Member& member, uint32_t seen, int timeout_ms) {
  timespec timeout{timeout_ms / 1000, timeout_ms % 1000 * 1000000L};
  member.sleeping.store(1);
  syscall(SYS_futex, &member.doorbell, FUTEX_WAIT, seen, &timeout, nullptr, 0);
  member.sleeping.store(0);
}

// For another thread that has worked in the place of the communication thread: false when there was a ring since.
inline bool StopDriving(Member& member, uint32_t seen) {
  member.driven.store(0);
  if (member.doorbell.load() == seen) return true;
  member.driven.store(1);
  return false;
}

}  // namespace kiln::collectives
