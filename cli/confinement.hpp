#pragma once
// What the kernel refuses this process once its command line is understood: files that nobody
// named, other programs, other processes. A bug that hostile input found would have to live with
// that.

#include <string>
#include <vector>

namespace mailtrust::cli {

/// What a run does beside reading, asking the network and answering.
struct Reach {
  /// Files that may be written, replaced or made, with the folders to them; with each goes its
  /// folder, where what takes its place is made. Of a folder, the files in it. `-` and "" are none.
  std::vector<std::string> writes;

  /// It hands something to a program the user named. What is refused would be refused to that
  /// program as well (sendmail needs its set-group-ID bit and its queue), so nothing is.
  bool starts_programs = false;
};

/// Refuses everything beyond `reach`, for good: no privileges by exec, refuse_system_calls() and
/// refuse_writes(). Call it before any thread is started. What the kernel does not have, or does
/// not allow, is left out: this never fails and says nothing.
void confine(const Reach& reach);

/// Programs, child processes, and calls into other processes and the kernel's own matters fail with
/// EPERM from now on, in every thread (seccomp; x86-64 and aarch64). False when the kernel does not
/// do it. Needs PR_SET_NO_NEW_PRIVS.
bool refuse_system_calls();

/// Writing, making or removing any file but those of `writes` fails with EACCES from now on, in
/// this thread and those it starts; what is open stays open (Landlock, Linux 5.13). False when the
/// kernel does not do it. Needs PR_SET_NO_NEW_PRIVS.
bool refuse_writes(const std::vector<std::string>& writes);

}  // namespace mailtrust::cli
