# Sourced by the scripts beside it: builds what is needed and sets java and classpath.
java=${JAVA_HOME:+$JAVA_HOME/bin/java}
java=${java:-java}
jar=$here/target/lockstep-benchmarks.jar
if [ ! -f "$jar" ] || [ -n "$(find "$root"/{engine,journal,gateway,tools,benchmarks,benchmarks/peers/exchange-core}/{src/main,pom.xml} "$root/pom.xml" -newer "$jar" -type f -print -quit)" ]; then
    echo "building (log in benchmarks/target/build.log) ..." >&2
    mkdir -p "$here/target"
    (cd "$root" && mvn -B -ntp -DskipTests -Dcheckstyle.skip -pl benchmarks -am package) >"$here/target/build.log" 2>&1 ||
        { grep -m5 '^\[ERROR\]' "$here/target/build.log" >&2; exit 1; }
    touch "$jar"
fi
classpath="$jar:$here/target/lib/*"
