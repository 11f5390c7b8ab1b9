#ifndef CLINUX_H
#define CLINUX_H

#include <linux/memfd.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/// A file in memory that no program which is started inherits; -1 when there is none to be had.
static inline int clinux_memory_file(const char *name) {
    return (int)syscall(SYS_memfd_create, name, MFD_CLOEXEC);
}

/// From now on the orphans among this process's descendants become its children (prctl(2)).
static inline int clinux_become_subreaper(void) {
    return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
}

#endif
