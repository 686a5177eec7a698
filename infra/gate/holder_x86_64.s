# The only program of the container whose network others join: see runner/networks.py. For each byte that it reads it has a
# network of its own from then on, which nobody had before, and tells so by 0, or by the number of what went wrong.
    .globl _start
_start:
    sub $16, %rsp
    lea end(%rip), %rdi
    mov $0x80801, %esi              # O_WRONLY | O_NONBLOCK | O_CLOEXEC
    call open
    mov %eax, %r13d
    lea go(%rip), %rdi
    mov $0x80800, %esi              # O_RDONLY | O_NONBLOCK | O_CLOEXEC
    call open
    mov %eax, %r12d

1:  mov %r12d, %edi
    mov %rsp, %rsi
    mov $1, %edx
    xor %eax, %eax                  # read
    syscall
    test %rax, %rax
    jle nobody                      # whoever asks is gone
    mov $0x40000000, %edi           # CLONE_NEWNET
    mov $272, %eax                  # unshare
    syscall
    neg %eax
    mov %eax, (%rsp)
    mov %r13d, %edi
    mov %rsp, %rsi
    mov $1, %edx
    mov $1, %eax                    # write
    syscall
    jmp 1b

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

nobody:
    xor %edi, %edi
    mov $231, %eax                  # exit_group
    syscall

go:  .asciz "/.agon/go"
end: .asciz "/.agon/end"
