# The first program of a container that waits for its job: see runner/gate.py, and runner/machine_code.py, which has what the
# assembler makes of this. It reads a message, starts what that names as its child, reaps whatever else ends, and tells how the
# child ended. As the first process no other of its container can end it.
    .globl _start
_start:
    mov (%rsp), %rdi                # environment: behind the arguments
    lea 16(%rsp,%rdi,8), %r15
    sub $0x40000, %rsp              # room for the message
    mov %rsp, %rbx
    sub $0x10000, %rsp              # room for where its words are
    mov %rsp, %rbp

    lea end(%rip), %rdi
    mov $0x80801, %esi              # O_WRONLY | O_NONBLOCK | O_CLOEXEC
    call open
    mov %eax, %r13d
    lea go(%rip), %rdi
    mov $0x80800, %esi              # O_RDONLY | O_NONBLOCK | O_CLOEXEC
    call open
    mov %eax, %r12d
    movl $-1, (%rbx)                # it has both
    mov %r13d, %edi
    mov %rbx, %rsi
    mov $4, %edx
    mov $1, %eax                    # write
    syscall

    xor %r14d, %r14d                # bytes read
1:  mov %r12d, %edi
    lea (%rbx,%r14), %rsi
    mov $0x40000, %edx
    sub %r14d, %edx
    xor %eax, %eax                  # read
    syscall
    test %rax, %rax
    jle nobody                      # whoever was to let it go is gone
    add %eax, %r14d
    cmp $12, %r14d
    jb 1b
    cmp (%rbx), %r14d               # first number: how long the message is
    jb 1b

    lea 12(%rbx), %rsi
    mov %rsi, %r12                  # the folder
    call skip
    mov %rsi, %r8                   # where the program may be
    mov 4(%rbx), %ecx               # second number: how many places those are
2:  call skip
    dec %ecx
    jnz 2b
    mov 8(%rbx), %ecx               # third number: how many words
    lea 8(%rbp), %rdx               # room for one before them
3:  mov %rsi, (%rdx)
    add $8, %rdx
    call skip
    dec %ecx
    jnz 3b
    movq $0, (%rdx)

    mov $57, %eax                   # fork
    syscall
    test %rax, %rax
    js nobody
    jz child

    mov %eax, %r14d
    sub $16, %rsp
4:  mov $-1, %rdi
    mov %rsp, %rsi
    xor %edx, %edx
    xor %r10d, %r10d
    mov $61, %eax                   # wait4
    syscall
    cmp %eax, %r14d
    je 5f
    cmp $-10, %eax                  # ECHILD
    jne 4b
    jmp nobody
5:  mov (%rsp), %eax
    mov %eax, %ecx
    and $0x7f, %ecx
    jz 6f
    lea 128(%rcx), %eax             # by a signal
    jmp 7f
6:  shr $8, %eax
    and $0xff, %eax
7:  mov %eax, (%rsp)
    mov %r13d, %edi
    mov %rsp, %rsi
    mov $4, %edx
    mov $1, %eax                    # write
    syscall
    mov (%rsp), %edi
    jmp exit

child:
    mov %r8, %r13                   # a call may change the other
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
    xor %edi, %edi
    xor %esi, %esi
    mov $109, %eax                  # setpgid
    syscall
    mov 4(%rbx), %r14d
    mov $127, %ebx                  # it is not there
8:  mov %r13, %rdi
    lea 8(%rbp), %rsi
    mov %r15, %rdx
    mov $59, %eax                   # execve
    syscall
    cmp $-8, %eax                   # ENOEXEC
    je script
    cmp $-2, %eax                   # ENOENT
    je 9f
    cmp $-20, %eax                  # ENOTDIR
    je 9f
    mov $126, %ebx                  # it cannot be executed
9:  mov %r13, %rsi
    call skip
    mov %rsi, %r13
    dec %r14d
    jnz 8b
    mov %ebx, %edi
    jmp exit

script:
    lea sh(%rip), %rdi              # as execvp(3) does with a script that names no shell
    mov %rdi, (%rbp)
    mov %r13, 8(%rbp)
    mov %rbp, %rsi
    mov %r15, %rdx
    mov $59, %eax
    syscall
    mov $126, %edi
    jmp exit

nobody:
    mov $125, %edi
exit:
    mov $231, %eax                  # exit_group
    syscall

skip:
    lodsb                           # to behind the end of a word
    test %al, %al
    jnz skip
    ret

open:                               # of a pipe that nobody has any more it waits for no one, and ends
    mov $2, %eax
    syscall
    test %rax, %rax
    js nobody
    push %rax
    mov %eax, %edi
    mov $4, %esi                    # F_SETFL: what is open waits
    xor %edx, %edx
    mov $72, %eax                   # fcntl
    syscall
    pop %rax
    ret

becomes:
    mov $0x80801, %esi
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
sh:  .asciz "/bin/sh"
