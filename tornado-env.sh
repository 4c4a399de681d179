#!/usr/bin/env bash
# Sourced, it runs in bash or in zsh: no word "status", which is zsh's own, and its options set where they matter.
# The one door to MedGS: finds a JDK 25 or newer and, where there is one, a TornadoVM SDK.
#
#   . ./tornado-env.sh                   exports both into this shell and defines the command medgs
#   ./tornado-env.sh COMMAND [ARGS...]   runs a command in that environment; medgs builds the jar when it is missing or
#                                        older than its sources, then runs it under the tornado launcher if there is one
#
# Java takes no more threads than --threads and Slurm give, and its heap leaves room within the memory that Slurm or a control
# group gives. MEDGS_JAVA_OPTIONS holds further options for the JVM, such as -Xmx8g.
#
# The self-starting file of a release is this script with the next word set to 1 and the jar behind its end: it is the
# command medgs, builds nothing, and takes a Java without a compiler too.
_medgs_packed=

# Prints the folder of a script, the links to it followed.
_medgs_folder_of() {
  local script="$1" link
  while [ -L "$script" ]; do
    link="$(readlink "$script")"
    case "$link" in /*) script="$link" ;; *) script="$(dirname "$script")/$link" ;; esac
  done
  (cd "$(dirname "$script")" && pwd -P)
}

if [ -n "${ZSH_VERSION:-}" ]; then
  # The running script's name, and how it came to run; bash would not parse the first otherwise.
  eval '_medgs_script="${(%):-%x}"'
  case "${ZSH_EVAL_CONTEXT:-}" in *:file*) _medgs_sourced=1 ;; *) _medgs_sourced= ;; esac
else
  _medgs_script="${BASH_SOURCE[0]:-$0}"
  if [ "$_medgs_script" != "$0" ]; then _medgs_sourced=1; else _medgs_sourced=; fi
fi
MEDGS_HOME="$(_medgs_folder_of "$_medgs_script")"
export MEDGS_HOME

# In zsh, makes the function that calls it treat words and patterns as bash does.
# shellcheck disable=SC2016 # expanded where it is evaluated
_medgs_options='[ -z "${ZSH_VERSION:-}" ] || setopt local_options sh_word_split no_nomatch no_monitor'

if [ -n "$_medgs_packed" ]; then _medgs_tool=java; else _medgs_tool=javac; fi

# Prints the feature version of the JDK in a folder, or nothing, also where it lacks the vector module. A JDK says both in
# its file "release"; asking java itself would start a virtual machine for every candidate.
_medgs_jdk_version() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/$_medgs_tool" ] && [ -r "$1/release" ] || return 0
  case "$(sed -n 's/^MODULES=//p' "$1/release")" in "" | *jdk.incubator.vector*) ;; *) return 0 ;; esac
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

# Prints the first JDK of version 25 or newer: JAVA_HOME, then java on the PATH, then the usual places.
_medgs_find_jdk() {
  local candidate version on_path
  eval "$_medgs_options"
  on_path="$(command -v "$_medgs_tool" 2>/dev/null)"
  [ -n "$on_path" ] && on_path="$(dirname "$(dirname "$(readlink -f "$on_path" 2>/dev/null || echo "$on_path")")")"
  for candidate in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* "${HOME:-/nowhere}"/.sdkman/candidates/java/* "${HOME:-/nowhere}"/.jdks/* \
      /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/jdk* /opt/java/*; do
    [ -n "$candidate" ] || continue
    version="$(_medgs_jdk_version "$candidate")"
    if [ "${version:-0}" -ge 25 ] 2>/dev/null; then
      echo "$candidate"
      return 0
    fi
  done
  return 1
}

# Prints the TornadoVM SDK: TORNADOVM_HOME, then tornado on the PATH, then the usual places.
_medgs_find_sdk() {
  local candidate on_path
  eval "$_medgs_options"
  on_path="$(command -v tornado 2>/dev/null)"
  [ -n "$on_path" ] && on_path="$(dirname "$(dirname "$(readlink -f "$on_path" 2>/dev/null || echo "$on_path")")")"
  for candidate in "${TORNADOVM_HOME:-}" "$on_path" "${HOME:-/nowhere}"/.sdkman/candidates/tornadovm/current \
      "${HOME:-/nowhere}"/tornadovm* /opt/tornadovm*; do
    if [ -n "$candidate" ] && [ -r "$candidate/tornado-argfile" ]; then
      echo "$candidate"
      return 0
    fi
  done
  return 1
}

_medgs_setup() {
  local jdk sdk
  if ! jdk="$(_medgs_find_jdk)"; then
    echo "medgs: no JDK 25 or newer found; install one (Temurin, for instance) or set JAVA_HOME to it" >&2
    return 2
  fi
  export JAVA_HOME="$jdk"
  case ":$PATH:" in *":$JAVA_HOME/bin:"*) ;; *) PATH="$JAVA_HOME/bin:$PATH" ;; esac
  if sdk="$(_medgs_find_sdk)"; then
    export TORNADOVM_HOME="$sdk"
    case ":$PATH:" in *":$TORNADOVM_HOME/bin:"*) ;; *) PATH="$TORNADOVM_HOME/bin:$PATH" ;; esac
    MEDGS_ENVIRONMENT="JDK in $JAVA_HOME, TornadoVM in $TORNADOVM_HOME"
  else
    unset TORNADOVM_HOME
    MEDGS_ENVIRONMENT="JDK in $JAVA_HOME, no TornadoVM SDK (set TORNADOVM_HOME for the tornado engine)"
  fi
  export PATH
}

# Builds the jar when it is missing or older than anything it is made of.
_medgs_build() { # the jar
  local jar="$1"
  if [ ! -r "$jar" ] || [ -n "$(find "$MEDGS_HOME/src/main" "$MEDGS_HOME/src/tornado-api" "$MEDGS_HOME/configs" \
      "$MEDGS_HOME/pom.xml" -newer "$jar" -type f -print -quit 2>/dev/null)" ]; then
    command -v mvn >/dev/null || { echo "medgs: Maven is needed to build the jar; install mvn" >&2; return 2; }
    echo "medgs: building the jar (once)" >&2
    # Maven's own libraries make newer JDKs warn of sun.misc.Unsafe; that is not the user's concern. It ends every run with
    # an escape code, terminal or not.
    (set -o pipefail; cd "$MEDGS_HOME" && MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow" \
        mvn -q -B -ntp -Dstyle.color=never -Dmaven.test.skip=true -Dcyclonedx.skip=true package 2>&1 \
        | sed "s/$(printf '\033')\[[0-9;]*m//g") >&2 || return 1
    _medgs_archive "$jar"
  fi
}

# Keeps the classes of the jar parsed and checked for this JDK beside it, which saves a small command a third of its time.
_medgs_archive() { # the jar
  local model="$MEDGS_HOME/src/test/resources/models/version-3.medgs" folder
  [ -r "$model" ] && folder="$(mktemp -d "${1%.jar}.XXXXXX")" || return 0
  # What it draws is thrown away: it only loads what small commands do.
  if "$JAVA_HOME/bin/java" --add-modules jdk.incubator.vector -XX:+UseParallelGC -Xlog:disable \
      -XX:ArchiveClassesAtExit="$folder/classes.jsa" -jar "$1" interpolate "$model" --at 1 -o "$folder/slice.nii.gz" \
      --quiet >/dev/null 2>&1 && [ -s "$folder/classes.jsa" ]; then
    mv -f "$folder/classes.jsa" "$(_medgs_archive_of "$1")"
  fi
  rm -f "$folder/classes.jsa" "$folder/slice.nii.gz"
  rmdir "$folder"
}

# Prints where the classes of a jar are kept for this JDK.
_medgs_archive_of() { # the jar
  echo "${1%.jar}-$(sed -n 's/^JAVA_RUNTIME_VERSION="\([0-9A-Za-z.+-]*\)"/\1/p' "$JAVA_HOME/release").jsa"
}

# Prints options that make small commands start sooner.
_medgs_start() { # the jar, the arguments of medgs
  local jar="$1" archive
  shift
  archive="$(_medgs_archive_of "$jar")"
  # The JVM itself takes no archive of another jar, JDK or heap, and would say so.
  if [ -z "${TORNADOVM_HOME:-}" ] && [ "$archive" -nt "$jar" ]; then
    printf '%s\n' "-XX:SharedArchiveFile=$archive" "-Xlog:cds*=off" "-Xlog:aot*=off"
  fi
  # Over before the second compiler would have helped, which alone compiles vectors.
  case "${1:---help} $* " in
    *" --engine"*) ;;
    help\ * | completion\ * | -h\ * | --help\ * | -V\ * | --version\ * | interpolate\ *" --at "* | interpolate\ *" --at="*)
      echo "-XX:TieredStopAtLevel=1" ;;
  esac
}

# The JVM warns of every incubating module on its first line of standard error, and nothing turns that off. Takes that
# one line away and passes on everything else as it comes.
_medgs_without_incubator_warning() {
  trap '' INT
  local first
  if IFS= read -r first || [ -n "$first" ]; then
    case "$first" in
      "WARNING: Using incubator modules: jdk.incubator.vector"*) ;;
      *) printf '%s\n' "$first" ;;
    esac
  fi
  exec cat
}

# Prints what a file of a Linux control group says for this process and for all groups above it.
_medgs_cgroup() { # controller, its file in version 1, in version 2
  [ -r /proc/self/cgroup ] || return 0
  local line folder file group
  while IFS= read -r line; do
    case "$line" in
      0::*) folder=/sys/fs/cgroup file="$3" ;;
      *:"$1":* | *:"$1",*:* | *:*,"$1":*) folder="/sys/fs/cgroup/$1" file="$2" ;;
      *) continue ;;
    esac
    group="${line#*:*:}"
    while :; do
      [ -r "$folder$group/$file" ] && cat "$folder$group/$file"
      case "$group" in ?*/*) group="${group%/*}" ;; /?*) group="" ;; *) break ;; esac
    done
  done < /proc/self/cgroup
}

# Prints the memory that a scheduler or a container gives, in MiB; nothing where that is all that there is.
_medgs_memory() {
  [ -r /proc/meminfo ] || return 0
  {
    _medgs_cgroup memory memory.limit_in_bytes memory.max
    echo "$((${SLURM_MEM_PER_NODE:-0} * 1048576))"
    echo "$((${SLURM_MEM_PER_CPU:-0} * ${SLURM_CPUS_PER_TASK:-1} * 1048576))"
  } | awk 'NR == FNR { if ($1 == "MemTotal:") all = least = $2 / 1024; next }
      $1 ~ /^[0-9]+$/ && $1 > 0 && $1 / 1048576 < least { least = $1 / 1048576 }
      END { if (least < all) print int(least) }' /proc/meminfo -
}

# Prints options that keep Java, its collector and its compiler within what Slurm and --threads give. What the machine and
# a control group give Java sees by itself, and an option would hide it: so only less than that is said.
_medgs_guest() { # the arguments of medgs
  local word before="" given="${SLURM_CPUS_PER_TASK:-}" seen memory
  for word in "$@"; do
    case "$before $word" in
      "--threads "[1-9]*) ;;
      *" --threads="[1-9]*) word="${word#--threads=}" ;;
      *) before="$word"; continue ;;
    esac
    case "$word" in *[!0-9]*) continue ;; esac
    if [ -z "$given" ] || [ "$word" -lt "$given" ]; then given="$word"; fi
  done
  if [ -n "$given" ]; then
    seen="$({
      nproc 2>/dev/null || getconf _NPROCESSORS_ONLN
      _medgs_cgroup cpu cpu.cfs_quota_us cpu.max | awk '$1 > 0 { n = $1 / ($2 ? $2 : 100000); print n > int(n) ? int(n) + 1 : int(n) }'
    } | sort -n | head -n 1)"
    if [ "$given" -lt "${seen:-1}" ]; then echo "-XX:ActiveProcessorCount=$given"; fi
  fi
  memory="$(_medgs_memory)"
  # What Java takes besides its heap fits into the rest. An option of the user's comes later, and holds.
  if [ -n "$memory" ]; then echo "-Xmx$((memory * 7 / 10))m"; fi
}

# Opens the page that the program serves, once its address stands in the file; the program itself starts no process.
_medgs_open_page() {
  local page="$1" opener=xdg-open _
  [ "$(uname)" = Darwin ] && opener=open
  for _ in $(seq 240); do
    if [ -s "$page" ]; then
      command -v "$opener" >/dev/null 2>&1 && "$opener" "$(cat "$page")" >/dev/null 2>&1
      break
    fi
    [ -e "$page" ] || break
    sleep 0.5
  done
  rm -f "$page"
}

medgs() {
  local jar="$MEDGS_HOME/target/medgs.jar"
  if [ -n "$_medgs_packed" ]; then jar="$_medgs_script"; else _medgs_build "$jar" || return $?; fi
  eval "$_medgs_options"
  local ended filter word runner=(env) launcher=(--add-modules jdk.incubator.vector)
  # The argument file puts the current folder on the module path, where any jar that lies there would shadow ours.
  [ -n "${TORNADOVM_HOME:-}" ] && launcher=("@$TORNADOVM_HOME/tornado-argfile" --module-path
    "$TORNADOVM_HOME/share/java/tornado")
  # A method that goes round for long is compiled in the middle of a call, and once more when it is called often: most of
  # a run's compiling, and few loops are worth it. Those of a large volume go round much more often than this.
  launcher+=(-XX:Tier4BackEdgeThreshold=2000000)
  # The parallel collector: the heap is a few long-lived arrays, and G1 of JDK 25.0.0 to 25.0.2 may corrupt those that are
  # being copied (JDK-8377811). Whoever names a collector gets that one.
  case "${MEDGS_JAVA_OPTIONS:-} ${JDK_JAVA_OPTIONS:-} ${JAVA_TOOL_OPTIONS:-} $(cat "${TORNADOVM_HOME:-/nowhere}/tornado-argfile" 2>/dev/null)" in
    *-XX:+Use*GC*) ;;
    *) launcher+=(-XX:+UseParallelGC) ;;
  esac
  case "$(sed -n 's/^JAVA_VERSION="\(.*\)"/\1/p' "$JAVA_HOME/release" 2>/dev/null)" in
    25 | 25.0.[0-2] | 25.0.[0-2].*) echo "medgs: this JDK has a fault that may corrupt arrays under the G1 collector" \
      "(JDK-8377811), so MedGS runs with the parallel one; better install JDK 25.0.3 or newer" >&2 ;;
  esac
  # shellcheck disable=SC2207 # options without blanks
  launcher+=($(_medgs_guest "$@"))
  while IFS= read -r word; do launcher+=("$word"); done < <(_medgs_start "$jar" "$@")
  # Letters that the locale does not know would reach the program as question marks, in names of files too.
  case "$(locale charmap 2>/dev/null)" in
    "" | [Uu][Tt][Ff]*) ;;
    *) runner+=(LC_ALL=C.UTF-8) ;;
  esac
  # The filter hides the terminal from the program; this tells it whether there is one, and how wide it is.
  if [ -t 2 ]; then
    runner+=(MEDGS_TERMINAL=1 "MEDGS_COLUMNS=$(stty size <&2 2>/dev/null | cut -d' ' -f2)")
  else
    runner+=(MEDGS_TERMINAL=0)
  fi
  unset MEDGS_PAGE
  case " $* " in
    *" --no-open "*) ;;
    *" view "* | *" --view "*)
      MEDGS_PAGE="$(mktemp)" && export MEDGS_PAGE
      (_medgs_open_page "$MEDGS_PAGE" &) </dev/null >/dev/null 2>&1
      ;;
  esac
  exec 9> >(_medgs_without_incubator_warning >&2)
  filter=$!
  # shellcheck disable=SC2086 # the user's options are words
  "${runner[@]}" "$JAVA_HOME/bin/java" -Dsun.net.httpserver.nodelay=true "${launcher[@]}" ${MEDGS_JAVA_OPTIONS:-} -jar "$jar" "$@" 2>&9
  ended=$?
  rm -f "${MEDGS_PAGE:-}"
  exec 9>&-
  # zsh does not number it.
  [ -n "${ZSH_VERSION:-}" ] || wait "$filter" 2>/dev/null
  return $ended
}

if [ -n "$_medgs_sourced" ]; then
  _medgs_setup && echo "medgs: $MEDGS_ENVIRONMENT" >&2
else
  set -u
  _medgs_setup || exit $?
  if [ -n "$_medgs_packed" ]; then
    set -- medgs "$@"
  fi
  if [ $# -eq 0 ]; then
    echo "medgs: $MEDGS_ENVIRONMENT"
    exit 0
  fi
  "$@"
  exit $?
fi
