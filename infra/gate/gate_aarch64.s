// The first program of a container that waits for its job, as gate_x86_64.s.
    .globl _start
_start:
    ldr x0, [sp]                    // environment: behind the arguments
    add x1, sp, #16
    add x20, x1, x0, lsl #3
    sub sp, sp, #0x20000            // room for the message
    mov x21, sp
    sub sp, sp, #0x10000            // room for where its words are
    mov x22, sp

    adr x1, end
    movz x2, #1                     // O_WRONLY | O_CLOEXEC
    movk x2, #8, lsl #16
    bl open
    mov x23, x0
    adr x1, go
    movz x2, #8, lsl #16            // O_RDONLY | O_CLOEXEC
    bl open
    mov x24, x0

    mov x25, #0                     // bytes read
1:  mov x0, x24
    add x1, x21, x25
    mov x2, #0x20000
    sub x2, x2, x25
    mov x8, #63                     // read
    svc #0
    cmp x0, #0
    b.le nobody                     // whoever was to let it go is gone
    add x25, x25, x0
    cmp x25, #8
    b.lo 1b
    ldr w1, [x21]                   // first number: how long the message is
    cmp x25, x1
    b.lo 1b

    ldr w1, [x21, #4]               // second number: how many words, without the folder
    add x26, x21, #8                // the folder
    mov x2, x26
    mov x3, x22
2:  ldrb w4, [x2], #1               // to behind the end of a word
    cbnz w4, 2b
    str x2, [x3], #8
    subs w1, w1, #1
    b.pl 2b
    str xzr, [x3, #-8]

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
3:  mov x0, x25
    mov x1, x22
    mov x2, #0
    mov x3, #0
    mov x8, #260                    // wait4
    svc #0
    cmn x0, #4                      // EINTR
    b.eq 3b
    ldr w1, [x22]
    ands w2, w1, #0x7f
    b.eq 4f
    add w1, w2, #128                // by a signal
    b 5f
4:  ubfx w1, w1, #8, #8
5:  str w1, [x22]
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
    ldr x0, [x22]
    mov x1, x22
    mov x2, x20
    mov x8, #221                    // execve
    svc #0
nobody:
    mov x0, #125
exit:
    mov x8, #94                     // exit_group
    svc #0

open:
    mov x0, #-100                   // AT_FDCWD
    mov x3, #0
    mov x8, #56                     // openat
    svc #0
    cmp x0, #0
    b.lt nobody
    ret

becomes:
    mov x19, x30
    movz x2, #1
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
