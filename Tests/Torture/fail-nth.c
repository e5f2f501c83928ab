// Makes the N-th call that writes a file, or makes it durable, fail. Loaded ahead of the C library (LD_PRELOAD).
//
//   FAIL_AT=N       the call that fails, from 1; 0 only counts
//   FAIL_MODE       once (default), on (every call from the N-th), after (the call is made, and then said to have failed)
//   FAIL_ERRNO      the error, a number; EIO when not given
//   FAIL_KIND       which calls count: write, sync or both (default)
//   FAIL_REPORT     a file to which "calls failures" is written at the end
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_long calls, failures;
static long fail_at;
static int mode_on, mode_after, error_number = EIO, counts_writes = 1, counts_syncs = 1;

__attribute__((constructor)) static void start(void) {
  const char *text = getenv("FAIL_AT");
  fail_at = text ? atol(text) : 0;
  text = getenv("FAIL_MODE");
  mode_on = text && strcmp(text, "on") == 0;
  mode_after = text && strcmp(text, "after") == 0;
  text = getenv("FAIL_ERRNO");
  if (text) error_number = atoi(text);
  text = getenv("FAIL_KIND");
  if (text) {
    counts_writes = strcmp(text, "sync") != 0;
    counts_syncs = strcmp(text, "write") != 0;
  }
}

__attribute__((destructor)) static void finish(void) {
  const char *place = getenv("FAIL_REPORT");
  FILE *file = place ? fopen(place, "w") : NULL;
  if (!file) return;
  fprintf(file, "%ld %ld\n", (long)calls, (long)failures);
  fclose(file);
}

// Files and folders count; terminals, pipes and the standard streams do not.
static int is_counted(int file) {
  struct stat about;
  if (file <= 2 || fstat(file, &about) != 0) return 0;
  return S_ISREG(about.st_mode) || S_ISDIR(about.st_mode);
}

static int fails(int counts) {
  if (!counts) return 0;
  long number = atomic_fetch_add(&calls, 1) + 1;
  if (fail_at == 0 || (mode_on ? number < fail_at : number != fail_at)) return 0;
  atomic_fetch_add(&failures, 1);
  return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define FAILING(kind, file, call)                              \
  int failing = is_counted(file) && fails(kind);               \
  if (failing && mode_after) (void)!(call);                    \
  if (failing) {                                               \
    errno = error_number;                                      \
    return -1;                                                 \
  }                                                            \
  return call

ssize_t write(int file, const void *bytes, size_t count) {
  FAILING(counts_writes, file, REAL(write)(file, bytes, count));
}
ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) {
  FAILING(counts_writes, file, REAL(pwrite)(file, bytes, count, offset));
}
ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t offset) {
  FAILING(counts_writes, file, REAL(pwrite64)(file, bytes, count, offset));
}
int ftruncate(int file, off_t length) { FAILING(counts_writes, file, REAL(ftruncate)(file, length)); }
int ftruncate64(int file, off64_t length) { FAILING(counts_writes, file, REAL(ftruncate64)(file, length)); }
int fsync(int file) { FAILING(counts_syncs, file, REAL(fsync)(file)); }
int fdatasync(int file) { FAILING(counts_syncs, file, REAL(fdatasync)(file)); }
int link(const char *from, const char *to) {
  int failing = fails(counts_writes);
  if (failing && mode_after) (void)!REAL(link)(from, to);
  if (failing) {
    errno = error_number;
    return -1;
  }
  return REAL(link)(from, to);
}
int rename(const char *from, const char *to) {
  int failing = fails(counts_writes);
  if (failing && mode_after) (void)REAL(rename)(from, to);
  if (failing) {
    errno = error_number;
    return -1;
  }
  return REAL(rename)(from, to);
}
