/* Writes down, in order, every change that a program makes to the files under one folder.
 *
 * Preloaded into the program. TRACE_OF names the folder, TRACE_TO the file to write to. A record is
 *   kind (1 byte), length of path (2), offset (8), length of data (4), path, data
 * with kind W write, T truncate (offset = new size), S sync, U unlink. Whole numbers little-endian.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER;
static int out = -1;
static const char *folder;

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

__attribute__((constructor)) static void begin(void) {
    const char *to = getenv("TRACE_TO");
    folder = getenv("TRACE_OF");
    if (to && folder) out = open(to, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
}

static int path_of(int fd, char *path, size_t room) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, room - 1);
    if (n <= 0) return 0;
    path[n] = 0;
    return strncmp(path, folder, strlen(folder)) == 0;
}

static void note(char kind, const char *path, int64_t at, const void *data, uint32_t size) {
    ssize_t (*put)(int, const void *, size_t) = real("write");
    uint16_t length = (uint16_t)strlen(path);
    size_t all = 15 + length + size;
    char *record = malloc(all);
    record[0] = kind;
    memcpy(record + 1, &length, 2);
    memcpy(record + 3, &at, 8);
    memcpy(record + 11, &size, 4);
    memcpy(record + 15, path, length);
    if (size) memcpy(record + 15 + length, data, size);
    if (put(out, record, all) != (ssize_t)all) abort();
    free(record);
}

/* The change and its note are one: no other thread comes between them. */
#define TRACED(fd, call, kind, at, data, size)                          \
    char path[1024];                                                    \
    if (out < 0 || !path_of(fd, path, sizeof path)) return call;        \
    pthread_mutex_lock(&one);                                           \
    int64_t offset = at;                                                \
    ssize_t done = call;                                                \
    if (done >= 0) note(kind, path, offset, data, size);                \
    pthread_mutex_unlock(&one);                                         \
    return done;

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
    ssize_t (*f)(int, const void *, size_t, off64_t) = real("pwrite64");
    TRACED(fd, f(fd, data, size, at), 'W', at, data, (uint32_t)done)
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
    ssize_t (*f)(int, const void *, size_t, off_t) = real("pwrite");
    TRACED(fd, f(fd, data, size, at), 'W', at, data, (uint32_t)done)
}
ssize_t write(int fd, const void *data, size_t size) {
    ssize_t (*f)(int, const void *, size_t) = real("write");
    TRACED(fd, f(fd, data, size), 'W', lseek(fd, 0, SEEK_CUR), data, (uint32_t)done)
}
int fsync(int fd) {
    int (*f)(int) = real("fsync");
    TRACED(fd, f(fd), 'S', 0, "", 0)
}
int fdatasync(int fd) {
    int (*f)(int) = real("fdatasync");
    TRACED(fd, f(fd), 'S', 0, "", 0)
}
int ftruncate64(int fd, off64_t size) {
    int (*f)(int, off64_t) = real("ftruncate64");
    TRACED(fd, f(fd, size), 'T', size, "", 0)
}
int ftruncate(int fd, off_t size) {
    int (*f)(int, off_t) = real("ftruncate");
    TRACED(fd, f(fd, size), 'T', size, "", 0)
}
int unlink(const char *path) {
    int (*f)(const char *) = real("unlink");
    if (out < 0 || strncmp(path, folder, strlen(folder)) != 0) return f(path);
    pthread_mutex_lock(&one);
    int done = f(path);
    if (done == 0) note('U', path, 0, "", 0);
    pthread_mutex_unlock(&one);
    return done;
}
