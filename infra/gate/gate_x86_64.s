# The first program of a container that waits for its job: see runner/gate.py, which has what the assembler makes of this.
# It reads a message, starts what that names as a child of its own, and tells how it ended.
    .globl _start
_start:
    mov (%rsp), %rdi                # environment: behind the arguments
    lea 16(%rsp,%rdi,8), %r15
    sub $0x20000, %rsp              # room for the message
    mov %rsp, %rbx
    sub $0x10000, %rsp              # room for where its words are
    mov %rsp, %rbp

    lea end(%rip), %rdi
    mov $0x80001, %esi              # O_WRONLY | O_CLOEXEC
    call open
    mov %eax, %r13d
    lea go(%rip), %rdi
    mov $0x80000, %esi              # O_RDONLY | O_CLOEXEC
    call open
    mov %eax, %r12d

    xor %r14d, %r14d                # bytes read
1:  mov %r12d, %edi
    lea (%rbx,%r14), %rsi
    mov $0x20000, %edx
    sub %r14d, %edx
    xor %eax, %eax                  # read
    syscall
    test %rax, %rax
    jle nobody                      # whoever was to let it go is gone
    add %eax, %r14d
    cmp $8, %r14d
    jb 1b
    cmp (%rbx), %r14d               # first number: how long the message is
    jb 1b

    mov 4(%rbx), %ecx               # second number: how many words, without the folder
    lea 8(%rbx), %rsi
    mov %rsi, %r12                  # the folder
2:  lodsb                           # to behind the end of a word
    test %al, %al
    jnz 2b
    mov %rsi, (%rbp)
    add $8, %rbp
    dec %ecx
    jns 2b
    movq $0, -8(%rbp)
    mov %rsp, %rbp

    mov $57, %eax                   # fork
    syscall
    test %rax, %rax
    js nobody
    jz child

    mov %eax, %edi
    sub $16, %rsp
3:  mov $61, %eax                   # wait4
    mov %rsp, %rsi
    xor %edx, %edx
    xor %r10d, %r10d
    push %rdi
    syscall
    pop %rdi
    cmp $-4, %rax                   # EINTR
    je 3b
    mov (%rsp), %eax
    mov %eax, %ecx
    and $0x7f, %ecx
    jz 4f
    lea 128(%rcx), %eax             # by a signal
    jmp 5f
4:  shr $8, %eax
    and $0xff, %eax
5:  mov %eax, (%rsp)
    mov %r13d, %edi
    mov %rsp, %rsi
    mov $4, %edx
    mov $1, %eax                    # write
    syscall
    mov (%rsp), %edi
    jmp exit

child:
    lea out(%rip), %rdi
    mov $1, %r14d
    call becomes
    lea err(%rip), %rdi
    mov $2, %r14d
    call becomes
    mov %r12, %rdi
    mov $80, %eax                   # chdir
    syscall
    test %rax, %rax
    js nobody
    mov (%rbp), %rdi
    mov %rbp, %rsi
    mov %r15, %rdx
    mov $59, %eax                   # execve
    syscall
nobody:
    mov $125, %edi
exit:
    mov $231, %eax                  # exit_group
    syscall

open:
    mov $2, %eax
    syscall
    test %rax, %rax
    js nobody
    ret

becomes:
    mov $0x80001, %esi
    call open
    mov %eax, %edi
    mov %r14d, %esi
    mov $33, %eax                   # dup2
    syscall
    test %rax, %rax
    js nobody
    ret

go:  .asciz "/.agon/go"
end: .asciz "/.agon/end"
out: .asciz "/.agon/out"
err: .asciz "/.agon/err"
