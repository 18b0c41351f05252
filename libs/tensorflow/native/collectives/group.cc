#include "group.h"

#include <mutex>
#include <utility>

namespace kiln::collectives {
namespace {

// Never destroyed: TensorFlow's threads may still run kernels while the process exits.
struct Holder {
  std::mutex mutex;
  std::shared_ptr<Transport> group;
};

Holder& TheHolder() {
  static Holder* holder = new Holder;
  return *holder;
}

}  // namespace

std::shared_ptr<Transport> CurrentGroup() {
  Holder& holder = TheHolder();
  std::lock_guard<std::mutex> lock(holder.mutex);
  return holder.group;
}

void SetCurrentGroup(std::shared_ptr<Transport> group) {
  Holder& holder = TheHolder();
  std::lock_guard<std::mutex> lock(holder.mutex);
  holder.group.swap(group);
}

void ForgetGroup(const Transport* group) {
  Holder& holder = TheHolder();
  std::shared_ptr<Transport> last;
  std::lock_guard<std::mutex> lock(holder.mutex);
  if (holder.group.get() == group) last.swap(holder.group);
}

}  // namespace kiln::collectives
