#!/bin/sh
# The first process of the guest kernel: init.sh DIRECTORY MODULES NODE GUEST_MJS
# The root is the machine's own file system, read-only; DIRECTORY is the one place that can be written to.
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t tmpfs tmpfs /run
mount -t hostfs -o "$1" none "$1"

# The machine may have no /lib/modules, and it would be that of another kernel.
mkdir -p /run/lib/modules
ln -s "$2" "/run/lib/modules/$(uname -r)"
printf '#!/bin/sh\nexec modprobe -d /run "$@"\n' >/run/modprobe
chmod +x /run/modprobe
echo /run/modprobe >/proc/sys/kernel/modprobe

# Their sysctls are written before anything else asks for these modules.
modprobe -d /run -a ip_vs br_netfilter nf_conntrack

# A kernel with so little memory keeps 8192 connections, and each for two minutes after its end.
echo 262144 >/proc/sys/net/netfilter/nf_conntrack_max

# The serial line reaches the tests as it is written.
stty -F /dev/ttyS0 raw -echo
"$3" "$4" "$1" </dev/ttyS0 >/dev/ttyS0
# The kernel panics when its first process ends, which ends the guest.
