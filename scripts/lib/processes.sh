# shellcheck shell=bash
# The four processes of a stack: started in a session of their own, known by RUN_DIR/<part>.pid, logged to RUN_DIR/log.

STOP_WAIT_SEC=${STOP_WAIT_SEC:-20}

# alive PART: its pid file names a living process that we started for this stack. The mark in its environment tells it
# from a stranger that got the same pid; a zombie has none.
alive() {
  local pid
  pid=$(cat "$RUN_DIR/$1.pid" 2>/dev/null) && [[ -n $pid ]] &&
    grep -qzxF "TX_LOOKUP_PROCESS=$RUN_DIR/$1" "/proc/$pid/environ" 2>/dev/null
}

# launch PART COMMAND...: in the background, from RUN_DIR.
launch() {
  local part=$1
  shift
  (
    cd "$RUN_DIR" || exit
    export TX_LOOKUP_PROCESS=$RUN_DIR/$part
    setsid -- "$@" >>"$RUN_DIR/log/$part.log" 2>&1 </dev/null 9>&- &
    echo "$!" >"$RUN_DIR/$part.pid"
  )
}

# dead PID: it has ended, whether anybody has asked for its exit code or not. Not alive() is no proof of that: the mark in the
# environment is not there yet while a process is being launched.
dead() {
  local stat
  [[ -n $1 ]] && stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 0
  [[ ${stat##*) } == [ZX]* ]]
}

# wait_for PART SECONDS COMMAND...: until the command succeeds; fails with the end of the log when the part dies before.
wait_for() {
  local part=$1 deadline=$((SECONDS + $2))
  shift 2
  until "$@" >/dev/null 2>&1; do
    if dead "$(cat "$RUN_DIR/$part.pid" 2>/dev/null)"; then
      tail -n "$FAILURE_LINES" "$RUN_DIR/log/$part.log" >&2
      die "$part has ended instead of starting; see $RUN_DIR/log/$part.log"
    elif ((SECONDS >= deadline)); then
      tail -n "$FAILURE_LINES" "$RUN_DIR/log/$part.log" >&2
      die "$part does not answer in time; see $RUN_DIR/log/$part.log"
    fi
    sleep 0.1
  done
}

# ended PID: the process and its last thread. Either may outlive the other for a moment, and keeps its ports.
ended() {
  local threads=("/proc/$1/task/"[0-9]*)
  dead "$1" && ((${#threads[@]} <= 1))
}

# stop_process PART SIGNAL: asks it to end; ends it when it does not within STOP_WAIT_SEC.
stop_process() {
  local part=$1 signal=$2 pid
  if alive "$part"; then
    pid=$(<"$RUN_DIR/$part.pid")
    kill "-$signal" "$pid"
    kill -CONT "$pid" # a stopped process would not see the signal
    wait_until "$STOP_WAIT_SEC" ended "$pid" || {
      echo "$part ignores SIG$signal for $STOP_WAIT_SEC s: killing it." >&2
      kill_process "$part"
    }
  fi
  rm -f "$RUN_DIR/$part.pid"
}

# kill_process PART: as a crash would.
kill_process() {
  local pid
  if alive "$1"; then
    pid=$(<"$RUN_DIR/$1.pid")
    kill -KILL "$pid"
    wait_until "$STOP_WAIT_SEC" ended "$pid" || die "$1 can't be killed."
  fi
  rm -f "$RUN_DIR/$1.pid"
}
