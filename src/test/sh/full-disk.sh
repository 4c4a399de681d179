#!/usr/bin/env bash
# A full disk, in earnest: training and its results on a tmpfs of 3 MB that fills up.
# Needs root, for the mount. From the project's root:
#
#     sudo src/test/sh/full-disk.sh
#
# MEDGS may name another way to start the program than ./tornado-env.sh medgs.
set -u
MEDGS=${MEDGS:-./tornado-env.sh medgs}
work=$(mktemp -d)
disk=$work/disk
mkdir "$disk"
mount -t tmpfs -o size=3m tmpfs "$disk" || exit 1
trap 'umount "$disk"; rm -rf "$work"' EXIT

checks=0
failures=0
check() { # what, command...
  local what=$1
  shift
  checks=$((checks + 1))
  if "$@"; then
    echo "ok      $what"
  else
    echo "FAILED  $what"
    failures=$((failures + 1))
  fi
}
complaints() { grep -v '^WARNING: Using incubator\|^tornado-env\|^medgs: JDK' "$work/errors"; }
one_line_about() { [ "$(complaints | wc -l)" = 1 ] && complaints | grep -q "^medgs: cannot write .*$1.*No space left"; }
no_parts() { [ -z "$(find "$disk" -name '*.part')" ]; }

# shellcheck disable=SC2086 # MEDGS is a command with arguments
train() { # command folder more...
  local command=$1 folder=$2
  shift 2
  $MEDGS "$command" sample-volumes/kidney.nii.gz -o "$folder" --preset quick --set iterations=40 \
    --set checkpointInterval=4 --set start.pixelsPerGaussian=50 --threads 1 --quiet "$@" 2> "$work/errors"
}

train train "$work/unbroken" || { cat "$work/errors"; exit 1; }

echo "-- the disk fills up while checkpoints are written"
train train "$disk/run" &
while [ ! -e "$disk/run/checkpoint.medgs" ] && kill -0 $! 2> /dev/null; do sleep 0.02; done
dd if=/dev/zero of="$disk/filler" bs=64k 2> /dev/null
wait $!
check "ends with status 1" [ $? = 1 ]
check "one line names the checkpoint" one_line_about checkpoint.medgs
complaints
check "leaves no part of a file" no_parts
check "the earlier checkpoint stands" [ -s "$disk/run/checkpoint.medgs" ]
check "and no model" [ ! -e "$disk/run/model.medgs" ]
rm "$disk/filler"
train train "$disk/run" --resume
check "resumes once there is room" [ $? = 0 ]
check "to the bytes of the unbroken run" cmp "$disk/run/model.medgs" "$work/unbroken/model.medgs"

echo "-- the disk is too small for the results, and that is seen beforehand"
rm -r "$disk/run"
train reconstruct "$disk/run" --factor 8
check "ends with status 2" [ $? = 2 ]
check "one line says how much is needed" grep -q "^medgs: $disk/run: needs about .* of disk" "$work/errors"
complaints
check "writes nothing" [ ! -e "$disk/run" ]

echo "-- somebody else fills it up meanwhile"
mount -o remount,size=32m "$disk"
train reconstruct "$disk/run" --factor 8 &
while [ ! -e "$disk/run/checkpoint.medgs" ] && kill -0 $! 2> /dev/null; do sleep 0.02; done
dd if=/dev/zero of="$disk/filler" bs=1M count=30 2> /dev/null
wait $!
check "ends with status 1" [ $? = 1 ]
check "one line names the volume" one_line_about interpolated.nii.gz
complaints
check "leaves no part of a file" no_parts
check "the model stands" cmp "$disk/run/model.medgs" "$work/unbroken/model.medgs"
rm "$disk/filler"
train reconstruct "$disk/run" --factor 8 --resume
check "resumes once there is room" [ $? = 0 ]
check "and writes the volume" [ -s "$disk/run/interpolated.nii.gz" ]
check "from the same model" cmp "$disk/run/model.medgs" "$work/unbroken/model.medgs"

echo "-- the disk is full before anything is written"
rm -r "$disk/run"
dd if=/dev/zero of="$disk/filler" bs=64k 2> /dev/null
mask=sample-volumes/kidney-mask.nii.gz
for command in "compare $mask $mask" "evaluate interpolation sample-volumes/kidney.nii.gz --methods linear"; do
  # shellcheck disable=SC2086 # both are several words
  $MEDGS $command -o "$disk/out" --quiet 2> "$work/errors"
  check "ends with status 1" [ $? = 1 ]
  check "one line names the folder" one_line_about "$disk/out:"
  complaints
done
mount -o remount,ro "$disk"
# shellcheck disable=SC2086
$MEDGS compare $mask $mask -o "$disk/out" --quiet 2> "$work/errors"
check "ends with status 1 where the disk is for reading only" [ $? = 1 ]
check "and names the folder" grep -q "^medgs: cannot write $disk/out: Read-only" "$work/errors"
complaints

echo "$((checks - failures)) of $checks checks hold"
[ $failures = 0 ]
