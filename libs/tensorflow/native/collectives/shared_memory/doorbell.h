// Wakes a rank's communication thread, from any process or thread. A ring before `Wait` is never lost: the waiter
// reads the counter first, looks for work, and sleeps only if the counter has not moved.
#pragma once

#include <linux/futex.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "layout.h"

namespace kiln::collectives {

inline void Ring(Member& member) {
  member.doorbell.fetch_add(1);
  if (member.sleeping.load() == 0) return;
  syscall(SYS_futex, &member.doorbell, FUTEX_WAKE, 1, nullptr, nullptr, 0);
}

inline void Wait(Member& member, uint32_t seen, int timeout_ms) {
  timespec timeout{timeout_ms / 1000, timeout_ms % 1000 * 1000000L};
  member.sleeping.store(1);
  syscall(SYS_futex, &member.doorbell, FUTEX_WAIT, seen, &timeout, nullptr, 0);
  member.sleeping.store(0);
}

}  // namespace kiln::collectives
