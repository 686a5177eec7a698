"""The system calls that containers may make: what Docker lets one without any capability, narrowed.

Made of the list of moby/profiles v0.2.3 (Apache-2.0), which the engines of Docker 29 have; earlier ones let more. Left out
are its rules for capabilities, which no container of ours has, looking into other processes, sockets of other families than
a program needs (of a host's, such as VSOCK, and of the kernel's own, such as ALG and PACKET), and 32 bits: there one call
opens sockets of any family unseen. What is not named is refused, and with it io_uring and new namespaces.
"""

import json
from typing import Any

#: The numbers of the families that a program may have sockets of.
FAMILIES = {"UNIX": 1, "INET": 2, "INET6": 10, "NETLINK": 16}
#: Libraries try these, and do with older ones where the kernel says that it has none.
LACKING = ("clone3", "io_uring_enter", "io_uring_register", "io_uring_setup")
_NO_SUCH_CALL = 38
#: CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET.
_NAMESPACES = 0x7E020000
#: Linux as it is, as of 32 bits, as of version 2.6, both, and the question which.
_PERSONALITIES = (0, 0x8, 0x20000, 0x20008, 0xFFFFFFFF)
_ALLOWED = """
accept accept4 access adjtimex alarm bind brk cachestat capget capset chdir chmod chown clock_adjtime clock_getres
clock_gettime clock_nanosleep close close_range connect copy_file_range creat dup dup2 dup3 epoll_create epoll_create1
epoll_ctl epoll_pwait epoll_pwait2 epoll_wait eventfd eventfd2 execve execveat exit exit_group faccessat faccessat2
fadvise64 fallocate fanotify_mark fchdir fchmod fchmodat fchmodat2 fchown fchownat fcntl fdatasync fgetxattr
flistxattr flock fork fremovexattr fsetxattr fstat fstatfs fsync ftruncate futex futex_requeue futex_wait futex_waitv
futex_wake futimesat get_robust_list get_thread_area getcpu getcwd getdents getdents64 getegid geteuid getgid
getgroups getitimer getpeername getpgid getpgrp getpid getppid getpriority getrandom getresgid getresuid getrlimit
getrusage getsid getsockname getsockopt gettid gettimeofday getuid getxattr getxattrat inotify_add_watch inotify_init
inotify_init1 inotify_rm_watch io_cancel io_destroy io_getevents io_pgetevents io_setup io_submit ioctl ioprio_get
ioprio_set kill landlock_add_rule landlock_create_ruleset landlock_restrict_self lchown lgetxattr link linkat listen
listmount listxattr listxattrat llistxattr lremovexattr lseek lsetxattr lstat madvise map_shadow_stack membarrier
memfd_create memfd_secret mincore mkdir mkdirat mknod mknodat mlock mlock2 mlockall mmap mprotect mq_getsetattr
mq_notify mq_open mq_timedreceive mq_timedsend mq_unlink mremap mseal msgctl msgget msgrcv msgsnd msync munlock
munlockall munmap name_to_handle_at nanosleep newfstatat open openat openat2 pause pidfd_open pidfd_send_signal pipe
pipe2 pkey_alloc pkey_free pkey_mprotect poll ppoll prctl pread64 preadv preadv2 prlimit64 process_mrelease pselect6
pwrite64 pwritev pwritev2 read readahead readlink readlinkat readv recvfrom recvmmsg recvmsg remap_file_pages
removexattr removexattrat rename renameat renameat2 restart_syscall rmdir rseq rt_sigaction rt_sigpending
rt_sigprocmask rt_sigqueueinfo rt_sigreturn rt_sigsuspend rt_sigtimedwait rt_tgsigqueueinfo sched_get_priority_max
sched_get_priority_min sched_getaffinity sched_getattr sched_getparam sched_getscheduler sched_rr_get_interval
sched_setaffinity sched_setattr sched_setparam sched_setscheduler sched_yield seccomp select semctl semget semop
semtimedop sendfile sendmmsg sendmsg sendto set_robust_list set_thread_area set_tid_address setfsgid setfsuid setgid
setgroups setitimer setpgid setpriority setregid setresgid setresuid setreuid setrlimit setsid setsockopt setuid
setxattr setxattrat shmat shmctl shmdt shmget shutdown sigaltstack signalfd signalfd4 splice stat statfs statmount
statx symlink symlinkat sync sync_file_range syncfs sysinfo tee tgkill time timer_create timer_delete timer_getoverrun
timer_gettime timer_settime timerfd_create timerfd_gettime timerfd_settime times tkill truncate umask uname unlink
unlinkat uretprobe utime utimensat utimes vfork vmsplice wait4 waitid write writev
"""
_ALLOWED_BY_ARCHITECTURE = {"amd64": ["arch_prctl", "modify_ldt"], "arm64": ["sync_file_range2"]}


def option(*also: str) -> str:
    """The profile as one of Docker's security options, with calls that a program of the runner's own makes besides."""
    return f"seccomp={json.dumps(profile(*also), separators=(',', ':'))}"


def profile(*also: str) -> dict[str, Any]:
    """The profile as Docker reads it."""
    rules = [
        _rule([*_ALLOWED.split(), *also]),
        *(_rule([name], family) for name in ("socket", "socketpair") for family in FAMILIES.values()),
        *(_rule(["personality"], one) for one in _PERSONALITIES),
        *(_rule(names) | {"includes": {"arches": [arch]}} for arch, names in _ALLOWED_BY_ARCHITECTURE.items()),
        {**_rule(["clone"]), "args": [{"index": 0, "value": _NAMESPACES, "op": "SCMP_CMP_MASKED_EQ"}]},
        {"names": list(LACKING), "action": "SCMP_ACT_ERRNO", "errnoRet": _NO_SUCH_CALL},
    ]
    architectures = [{"architecture": f"SCMP_ARCH_{name}", "subArchitectures": []} for name in ("X86_64", "AARCH64")]
    return {"defaultAction": "SCMP_ACT_ERRNO", "defaultErrnoRet": 1, "archMap": architectures, "syscalls": rules}


def _rule(names: list[str], first: int | None = None) -> dict[str, Any]:
    """Let these be called; with `first` only when that is their first argument."""
    arguments = [] if first is None else [{"index": 0, "value": first, "op": "SCMP_CMP_EQ"}]
    return {"names": names, "action": "SCMP_ACT_ALLOW", "args": arguments}
