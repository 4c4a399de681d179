#!/usr/bin/env bash
# Puts faults of one line into a copy of the sources, one after another, and runs the tests that have to find each.
# Ends with 1 when one is not found, or its line is not there any more. Run it from the project's folder.
set -u
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
cp -r pom.xml src configs sample-volumes "$copy" || exit 1
[ -d .mvn ] && cp -r .mvn "$copy"
cd "$copy" || exit 1
tests='DensityControlTest,ScheduleTest,ViewPlanTest,SliceStartTest,TranscendentalTest,StepRandomTest,NearestNeighboursTest'
root=src/main/java/io/github/medgs
run() { mvn -o -q -B -ntp test -Dtest="$tests" >log 2>&1; }
if ! run; then echo "the tests fail without any fault:"; grep ERROR log | head; exit 1; fi
missed=0
fault() {
  local what=$1 file=$root/$2 from=$3 to=$4
  cp "$file" kept
  FROM=$from TO=$to perl -0pi -e '$n = s/\Q$ENV{FROM}\E/$ENV{TO}/; END { exit 3 unless $n }' "$file"
  if cmp -s "$file" kept; then echo "NO SUCH LINE  $what"; missed=1
  elif run; then echo "NOT FOUND     $what"; missed=1
  elif grep -q 'COMPILATION ERROR' log; then echo "NO JAVA       $what"; missed=1
  else echo "found         $what: $(grep -oE '(ERROR|FAILURE)[^ ]* +[A-Za-z]+Test\.[A-Za-z]+' log | awk '{print $NF}' | head -1)"
  fi
  cp kept "$file"
}
fault 'split children are not shrunk' training/DensityControl.java 'SPLIT_SHRINK = 1.6' 'SPLIT_SHRINK = 1.0'
fault 'the cap takes the weakest gradients first' training/DensityControl.java 'comparingDouble(g -> -gradient[g])' 'comparingDouble(g -> gradient[g])'
fault 'the angle is never trained' training/Schedule.java 'byRow[Layout.ANGLE] = decay * rates.angle()' 'byRow[Layout.ANGLE] = 0f'
fault 'the published view of the neighbours is left out' training/ViewPlan.java 'Math.max(0, slice - 1) : slice' 'slice : slice'
fault "the starting motion's sign is wrong across rows" training/SliceStart.java '-terms[k + 1] / form' 'terms[k + 1] / form'
fault 'a constant of exp is off by 4 %' kernel/Transcendental.java 'E3 = 0.16667114f' 'E3 = 0.17333798f'
exit $missed
