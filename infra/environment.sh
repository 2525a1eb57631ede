# Sourced by infra/up, infra/test and worker-agent/filon-miner: finds JDK 25 and Maven, installs what may be installed.
# Says in one line what is missing and how to get it, and returns non-zero.

filon_fail() {
  printf 'filon: %s\n' "$1" >&2
  exit "${2:-69}"
}

# Sets JAVA_HOME to a JDK 25: the one in JAVA_HOME, else where Debian's and Temurin's packages put theirs, else java on the PATH.
filon_find_jdk() {
  local candidate
  for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/temurin-25-jdk* /usr/lib/jvm/java-25-openjdk* /usr/lib/jvm/openjdk-25* /usr/lib/jvm/*25* \
    "$(dirname "$(dirname "$(readlink -f "$(command -v javac || true)" 2>/dev/null)")" 2>/dev/null)"; do
    if [ -n "$candidate" ] && [ -x "$candidate/bin/javac" ] && "$candidate/bin/java" -version 2>&1 | grep -q 'version "25'; then
      export JAVA_HOME="$candidate"
      return 0
    fi
  done
  filon_fail "no JDK 25 found (looked at JAVA_HOME and /usr/lib/jvm): install one, for example: apt-get install temurin-25-jdk or openjdk-25-jdk"
}

filon_find_maven() {
  # Maven's own libraries make a JDK 25 complain; the complaint is nobody's here
  export MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"
  command -v mvn >/dev/null 2>&1 || filon_fail "no Maven found: install it, for example: apt-get install maven"
}

# filon_apt PROGRAM-OR-FILE-TEST PACKAGE...: installs Debian packages when root, otherwise prints the one command.
filon_apt() {
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    filon_fail "missing: $*. Install with: sudo apt-get install -y --no-install-recommends $*"
  fi
  printf 'filon: installing %s\n' "$*" >&2
  local log
  log=$(mktemp)
  export DEBIAN_FRONTEND=noninteractive
  { apt-get install -y --no-install-recommends "$@" || { apt-get update && apt-get install -y --no-install-recommends "$@"; }; } >"$log" 2>&1 \
    || { tail -5 "$log" >&2; filon_fail "apt-get could not install $*"; }
  rm -f "$log"
}

# An OpenCL platform: the ICD loader and at least one driver; PoCL runs kernels on the CPU.
filon_need_opencl() {
  local missing=()
  ldconfig -p 2>/dev/null | grep -q 'libOpenCL\.so\.1' || missing+=(ocl-icd-libopencl1)
  if ! ls /etc/OpenCL/vendors/*.icd >/dev/null 2>&1; then
    missing+=(pocl-opencl-icd)
  fi
  [ "${#missing[@]}" = 0 ] || filon_apt "${missing[@]}"
}

filon_need_chromium() {
  [ -n "${FILON_CHROMIUM:-}" ] || command -v chromium >/dev/null 2>&1 || filon_apt chromium
}

# The newest change of anything that is built, as one line.
filon_sources_stamp() {
  (cd "$1" && find pom.xml .mvn api provisioning worker-agent billing infra \
    \( -name target -o -name .filon \) -prune -o -type f \
    \( -name '*.java' -o -name '*.xml' -o -name '*.properties' -o -name '*.sql' -o -name '*.html' -o -name '*.js' -o -name '*.css' -o -name '*.json' -o -name '*.cl' -o -name '*.mmd' -o -name '*.config' \) \
    -printf '%p %s %T@\n' | LC_ALL=C sort | sha256sum | cut -d' ' -f1)
}
