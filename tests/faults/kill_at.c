/* Preloaded into a program: kills it at its Nth change of a file system, and tells the order of
 * them all.
 *
 * MAILTRUST_KILL_AT=N     SIGKILL in place of the Nth change, counted from 1
 * MAILTRUST_KILL_TORN=1   if that is a write, half of it is written before
 * MAILTRUST_FULL_AT=N     the Nth change and all that come fail, as on a full disk
 * MAILTRUST_CHANGES=FILE  a line for each change: its name and the file it is made to
 * MAILTRUST_CLOCK_JUMP=S  the wall clock jumps S seconds with every second time that it is read
 *
 * Changes are what SQLite and we make them with: writes to files, their flushing and cutting, names
 * made and taken away. Writes to what is no file (a pipe, a terminal) are told, as "tell", and not
 * counted.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static atomic_long changes_so_far;
static long kill_at, full_at, jump;
static int torn, told = -1;

static long number_from(const char* name) {
  const char* text = getenv(name);
  return text == NULL ? 0 : atol(text);
}

__attribute__((constructor)) static void prepare(void) {
  const char* file = getenv("MAILTRUST_CHANGES");
  kill_at = number_from("MAILTRUST_KILL_AT");
  full_at = number_from("MAILTRUST_FULL_AT");
  jump = number_from("MAILTRUST_CLOCK_JUMP");
  torn = number_from("MAILTRUST_KILL_TORN") != 0;
  if (file != NULL) {
    int opened = (int)syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_CREAT | O_APPEND, 0600);
    told = (int)syscall(SYS_fcntl, opened, F_DUPFD_CLOEXEC, 200);
    syscall(SYS_close, opened);
  }
}

static void tell(const char* what, const char* where) {
  char line[4096];
  if (told < 0) return;
  int size = snprintf(line, sizeof line, "%s %s\n", what, where);
  if (size > 0) syscall(SYS_write, told, line, (size_t)size);
}

static int is_file(int descriptor) {
  struct stat found;
  return fstat(descriptor, &found) == 0 && (S_ISREG(found.st_mode) || S_ISDIR(found.st_mode));
}

static void path_of(int descriptor, char* path, size_t room) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t size = readlink(link, path, room - 1);
  path[size < 0 ? 0 : size] = 0;
}

/* Is this change one that fails? Where it is the last, it does not return; `half` is done before.
 */
static int comes(const char* what, const char* where, int descriptor, const void* octets,
                 size_t half, off_t offset) {
  long number = atomic_fetch_add(&changes_so_far, 1) + 1;
  tell(what, where);
  if (number == kill_at) {
    if (torn && half > 0 && offset >= 0) syscall(SYS_pwrite64, descriptor, octets, half, offset);
    if (torn && half > 0 && offset < 0) syscall(SYS_write, descriptor, octets, half);
    kill(getpid(), SIGKILL);
    for (;;) pause();
  }
  if (full_at == 0 || number < full_at) return 0;
  errno = ENOSPC;
  return 1;
}

static int change(const char* what, const char* where) {
  return comes(what, where, -1, NULL, 0, -1);
}

static int change_in(const char* what, int descriptor, const void* octets, size_t size,
                     off_t offset) {
  int error = errno;
  char path[4096];
  if (descriptor == told) return 0;
  path_of(descriptor, path, sizeof path);
  if (!is_file(descriptor)) {
    tell("tell", path);
    errno = error;
    return 0;
  }
  errno = error;
  return comes(what, path, descriptor, octets, size / 2, offset);
}

ssize_t write(int descriptor, const void* octets, size_t size) {
  if (change_in("write", descriptor, octets, size, -1)) return -1;
  return NEXT(write)(descriptor, octets, size);
}

ssize_t writev(int descriptor, const struct iovec* pieces, int count) {
  if (change_in("write", descriptor, NULL, 0, -1)) return -1;
  return NEXT(writev)(descriptor, pieces, count);
}

ssize_t pwrite(int descriptor, const void* octets, size_t size, off_t offset) {
  if (change_in("write", descriptor, octets, size, offset)) return -1;
  return NEXT(pwrite)(descriptor, octets, size, offset);
}

ssize_t pwrite64(int descriptor, const void* octets, size_t size, off64_t offset) {
  if (change_in("write", descriptor, octets, size, offset)) return -1;
  return NEXT(pwrite64)(descriptor, octets, size, offset);
}

int fsync(int descriptor) {
  return change_in("sync", descriptor, NULL, 0, -1) ? -1 : NEXT(fsync)(descriptor);
}

int fdatasync(int descriptor) {
  return change_in("sync", descriptor, NULL, 0, -1) ? -1 : NEXT(fdatasync)(descriptor);
}

int ftruncate(int descriptor, off_t size) {
  return change_in("cut", descriptor, NULL, 0, -1) ? -1 : NEXT(ftruncate)(descriptor, size);
}

int ftruncate64(int descriptor, off64_t size) {
  return change_in("cut", descriptor, NULL, 0, -1) ? -1 : NEXT(ftruncate64)(descriptor, size);
}

int fallocate(int descriptor, int mode, off_t offset, off_t size) {
  return change_in("cut", descriptor, NULL, 0, -1)
             ? -1
             : NEXT(fallocate)(descriptor, mode, offset, size);
}

int fchmod(int descriptor, mode_t mode) {
  return change_in("mode", descriptor, NULL, 0, -1) ? -1 : NEXT(fchmod)(descriptor, mode);
}

int chmod(const char* path, mode_t mode) {
  return change("mode", path) ? -1 : NEXT(chmod)(path, mode);
}

int unlink(const char* path) {
  change("unlink", path); /* needs no room */
  return NEXT(unlink)(path);
}

int rename(const char* from, const char* to) {
  return change("name", to) ? -1 : NEXT(rename)(from, to);
}

int renameat2(int from_folder, const char* from, int folder, const char* to, unsigned flags) {
  return change("name", to) ? -1 : NEXT(renameat2)(from_folder, from, folder, to, flags);
}

int link(const char* from, const char* to) {
  return change("name", to) ? -1 : NEXT(link)(from, to);
}

int linkat(int from_folder, const char* from, int folder, const char* to, int flags) {
  return change("name", to) ? -1 : NEXT(linkat)(from_folder, from, folder, to, flags);
}

int mkdir(const char* path, mode_t mode) {
  return change("folder", path) ? -1 : NEXT(mkdir)(path, mode);
}

int mkostemp(char* pattern, int flags) {
  return change("make", pattern) ? -1 : NEXT(mkostemp)(pattern, flags);
}

int mkostemp64(char* pattern, int flags) {
  return change("make", pattern) ? -1 : NEXT(mkostemp64)(pattern, flags);
}

static int makes(const char* path, int flags) {
  if ((flags & (O_CREAT | O_TMPFILE)) == 0 || strncmp(path, "/dev/", 5) == 0) return 0;
  if ((flags & O_TMPFILE) != O_TMPFILE && access(path, F_OK) == 0) return 0;
  return change("make", path);
}

#define OPEN(name)                                                  \
  int name(const char* path, int flags, ...) {                      \
    va_list rest;                                                   \
    va_start(rest, flags);                                          \
    mode_t mode = va_arg(rest, mode_t);                             \
    va_end(rest);                                                   \
    return makes(path, flags) ? -1 : NEXT(name)(path, flags, mode); \
  }

OPEN(open)
OPEN(open64)

static time_t jumped(time_t seconds) {
  static atomic_long reads;
  if (jump == 0) return seconds;
  return seconds + (atomic_fetch_add(&reads, 1) % 2 == 0 ? 0 : jump);
}

int clock_gettime(clockid_t clock, struct timespec* now) {
  int done = (int)syscall(SYS_clock_gettime, clock, now);
  if (done == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
    now->tv_sec = jumped(now->tv_sec);
  return done;
}

time_t time(time_t* out) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (out != NULL) *out = now.tv_sec;
  return now.tv_sec;
}

int gettimeofday(struct timeval* restrict out, void* restrict zone) {
  struct timespec now;
  (void)zone;
  clock_gettime(CLOCK_REALTIME, &now);
  out->tv_sec = now.tv_sec;
  out->tv_usec = now.tv_nsec / 1000;
  return 0;
}
