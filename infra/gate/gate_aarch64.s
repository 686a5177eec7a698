// The first program of a container that waits for its job, as gate_x86_64.s.
    .globl _start
_start:
    ldr x0, [sp]                    // environment: behind the arguments
    add x1, sp, #16
    add x20, x1, x0, lsl #3
    sub sp, sp, #0x40000            // room for the message
    mov x21, sp
    sub sp, sp, #0x10000            // room for where its words are
    mov x22, sp

    adr x1, end
    movz x2, #0x801                 // O_WRONLY | O_NONBLOCK | O_CLOEXEC
    movk x2, #8, lsl #16
    bl open
    mov x23, x0
    adr x1, go
    movz x2, #0x800                 // O_RDONLY | O_NONBLOCK | O_CLOEXEC
    movk x2, #8, lsl #16
    bl open
    mov x24, x0
    mov w1, #-1                     // it has both
    str w1, [x21]
    mov x0, x23
    mov x1, x21
    mov x2, #4
    mov x8, #64                     // write
    svc #0

    mov x25, #0                     // bytes read
1:  mov x0, x24
    add x1, x21, x25
    mov x2, #0x40000
    sub x2, x2, x25
    mov x8, #63                     // read
    svc #0
    cmp x0, #0
    b.le nobody                     // whoever was to let it go is gone
    add x25, x25, x0
    cmp x25, #12
    b.lo 1b
    ldr w1, [x21]                   // first number: how long the message is
    cmp x25, x1
    b.lo 1b

    add x26, x21, #12               // the folder
    mov x2, x26
    bl skip
    mov x27, x2                     // where the program may be
    ldr w1, [x21, #4]               // second number: how many places those are
2:  bl skip
    subs w1, w1, #1
    b.ne 2b
    ldr w1, [x21, #8]               // third number: how many words
    add x3, x22, #8                 // room for one before them
3:  str x2, [x3], #8
    bl skip
    subs w1, w1, #1
    b.ne 3b
    str xzr, [x3]

    mov x0, #17                     // SIGCHLD
    mov x1, #0
    mov x2, #0
    mov x3, #0
    mov x4, #0
    mov x8, #220                    // clone
    svc #0
    cmp x0, #0
    b.lt nobody
    b.eq child

    mov x25, x0
4:  mov x0, #-1
    mov x1, x22
    mov x2, #0
    mov x3, #0
    mov x8, #260                    // wait4
    svc #0
    cmp x0, x25
    b.eq 5f
    cmn x0, #10                     // ECHILD
    b.ne 4b
    b nobody
5:  ldr w1, [x22]
    ands w2, w1, #0x7f
    b.eq 6f
    add w1, w2, #128                // by a signal
    b 7f
6:  ubfx w1, w1, #8, #8
7:  str w1, [x22]
    mov x0, x23
    mov x1, x22
    mov x2, #4
    mov x8, #64                     // write
    svc #0
    ldr w0, [x22]
    b exit

child:
    adr x1, out
    mov x25, #1
    bl becomes
    adr x1, err
    mov x25, #2
    bl becomes
    mov x0, x26
    mov x8, #49                     // chdir
    svc #0
    cmp x0, #0
    b.lt nobody
    mov x0, #0
    mov x1, #0
    mov x8, #154                    // setpgid
    svc #0
    ldr w25, [x21, #4]
    mov x24, #127                   // it is not there
8:  mov x0, x27
    add x1, x22, #8
    mov x2, x20
    mov x8, #221                    // execve
    svc #0
    cmn x0, #8                      // ENOEXEC
    b.eq script
    cmn x0, #2                      // ENOENT
    b.eq 9f
    cmn x0, #20                     // ENOTDIR
    b.eq 9f
    mov x24, #126                   // it cannot be executed
9:  mov x2, x27
    bl skip
    mov x27, x2
    subs w25, w25, #1
    b.ne 8b
    mov x0, x24
    b exit

script:
    adr x0, sh                      // as execvp(3) does with a script that names no shell
    str x0, [x22]
    str x27, [x22, #8]
    mov x1, x22
    mov x2, x20
    mov x8, #221
    svc #0
    mov x0, #126
    b exit

nobody:
    mov x0, #125
exit:
    mov x8, #94                     // exit_group
    svc #0

skip:
    ldrb w4, [x2], #1               // to behind the end of a word
    cbnz w4, skip
    ret

open:                               // of a pipe that nobody has any more it waits for no one, and ends
    mov x0, #-100                   // AT_FDCWD
    mov x3, #0
    mov x8, #56                     // openat
    svc #0
    cmp x0, #0
    b.lt nobody
    mov x9, x0
    mov x1, #4                      // F_SETFL: what is open waits
    mov x2, #0
    mov x8, #25                     // fcntl
    svc #0
    mov x0, x9
    ret

becomes:
    mov x19, x30
    movz x2, #0x801
    movk x2, #8, lsl #16
    bl open
    mov x1, x25
    mov x2, #0
    mov x8, #24                     // dup3
    svc #0
    cmp x0, #0
    b.lt nobody
    ret x19

go:  .asciz "/.agon/go"
end: .asciz "/.agon/end"
out: .asciz "/.agon/out"
err: .asciz "/.agon/err"
sh:  .asciz "/bin/sh"
