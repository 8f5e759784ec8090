// The filter, as a program for the kernel's packet filter (seccomp(2), linux/filter.h).
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "cli/confinement.hpp"

namespace mailtrust::cli {

#if defined(__x86_64__) || defined(__aarch64__)
namespace {

#ifdef __x86_64__
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_X86_64;
// Numbers from here on are those of the x32 ABI, another way to the same calls.
constexpr std::uint32_t kPastTheEnd = 0x40000000;
#else
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_AARCH64;
constexpr std::uint32_t kPastTheEnd = 0x80000000;
#endif

// Nothing here is called by us or by a library of ours; a list of what is allowed would end the
// program with the next C library that calls something new.
constexpr std::array kRefused = {
    // other programs, other processes
    __NR_execve, __NR_execveat, __NR_ptrace, __NR_process_vm_readv, __NR_process_vm_writev,
    __NR_process_madvise, __NR_pidfd_getfd, __NR_kcmp, __NR_personality,
#ifdef __x86_64__
    __NR_fork, __NR_vfork, __NR_modify_ldt, __NR_ioperm, __NR_iopl,
#endif
    // ways around a filter, and what exploits of the kernel begin with
    __NR_io_uring_setup, __NR_io_uring_enter, __NR_io_uring_register, __NR_bpf,
    __NR_perf_event_open, __NR_userfaultfd, __NR_fanotify_init, __NR_open_by_handle_at,
    // keys, namespaces, mounts
    __NR_keyctl, __NR_add_key, __NR_request_key, __NR_unshare, __NR_setns, __NR_chroot,
    __NR_pivot_root, __NR_mount, __NR_umount2, __NR_open_tree, __NR_move_mount, __NR_fsopen,
    __NR_fsconfig, __NR_fsmount, __NR_fspick, __NR_mount_setattr,
    // the machine
    __NR_init_module, __NR_finit_module, __NR_delete_module, __NR_kexec_load, __NR_reboot,
    __NR_swapon, __NR_swapoff, __NR_acct, __NR_quotactl, __NR_sethostname, __NR_setdomainname,
    __NR_settimeofday, __NR_clock_settime, __NR_syslog};

constexpr std::uint32_t refuse_with(int error) {
  return SECCOMP_RET_ERRNO | static_cast<std::uint32_t>(error);
}

constexpr sock_filter load(std::size_t offset) {
  return {BPF_LD | BPF_W | BPF_ABS, 0, 0, static_cast<std::uint32_t>(offset)};
}

// Goes on `then` or `otherwise` instructions further.
constexpr sock_filter jump(std::uint16_t test, std::int64_t value, std::size_t then,
                           std::size_t otherwise) {
  return {static_cast<std::uint16_t>(BPF_JMP | BPF_K | test), static_cast<std::uint8_t>(then),
          static_cast<std::uint8_t>(otherwise), static_cast<std::uint32_t>(value)};
}

constexpr sock_filter end(std::uint32_t verdict) {
  return {BPF_RET | BPF_K, 0, 0, verdict};
}

// In groups, each passed over by one comparison: the kernel runs a new filter once for every number
// there is, which a plain list of all makes twice as long.
void add_refusals(std::vector<sock_filter>& program) {
  constexpr std::size_t kGroup = 8;
  auto numbers = kRefused;
  std::ranges::sort(numbers);
  std::span<const int> rest = numbers;
  while (!rest.empty()) {
    auto group = rest.first(std::min(kGroup, rest.size()));
    rest = rest.subspan(group.size());
    auto left = group.size();
    program.push_back(jump(BPF_JGT, group.back(), left + 2, 0));
    for (int number : group) program.push_back(jump(BPF_JEQ, number, left--, 0));
    program.push_back(end(SECCOMP_RET_ALLOW));
    program.push_back(end(refuse_with(EPERM)));
  }
}

std::vector<sock_filter> filter() {
  // A thread is a clone that says so; what else clone makes is a child. clone3 has its flags where
  // a filter cannot look: without it, the C library makes threads by clone.
  constexpr auto kFlags = offsetof(seccomp_data, args);
  std::vector<sock_filter> program = {load(offsetof(seccomp_data, arch)),
                                      jump(BPF_JEQ, kArchitecture, 1, 0),
                                      end(refuse_with(EPERM)),
                                      load(offsetof(seccomp_data, nr)),
                                      jump(BPF_JGE, kPastTheEnd, 0, 1),
                                      end(refuse_with(EPERM)),
                                      jump(BPF_JEQ, __NR_clone3, 0, 1),
                                      end(refuse_with(ENOSYS)),
                                      jump(BPF_JEQ, __NR_clone, 0, 4),
                                      load(kFlags),
                                      jump(BPF_JSET, CLONE_THREAD, 0, 1),
                                      end(SECCOMP_RET_ALLOW),
                                      end(refuse_with(EPERM))};
  add_refusals(program);
  program.push_back(end(SECCOMP_RET_ALLOW));
  return program;
}

}  // namespace

bool refuse_system_calls() {
  auto program = filter();
  sock_fprog all{static_cast<unsigned short>(program.size()), program.data()};
  // Older kernels slow a filtered process down against speculation; there is no other one inside.
  unsigned flags = SECCOMP_FILTER_FLAG_TSYNC | SECCOMP_FILTER_FLAG_SPEC_ALLOW;
  return ::syscall(__NR_seccomp, SECCOMP_SET_MODE_FILTER, flags, &all) == 0;
}

#else

bool refuse_system_calls() {
  return false;
}

#endif

}  // namespace mailtrust::cli
