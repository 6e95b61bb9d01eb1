@echo off
rem Runs Maven with the given arguments: the installed one when it is 3.8.7 or newer, else the
rem release named in .mvn\wrapper\maven-wrapper.properties, downloaded once into .m2\wrapper.
rem In a folder without a pom.xml it builds the whole project this script belongs to.
rem curl and certutil come with Windows 10 and newer. Exit status 2: no Maven could be downloaded.
setlocal

set "ROOT=%~dp0"
set "PROPERTIES=%ROOT%.mvn\wrapper\maven-wrapper.properties"
set "JDK="
if defined JAVA_HOME set "JDK=%JAVA_HOME%\bin\"
set "WHOLE_PROJECT="
if not exist pom.xml set "WHOLE_PROJECT=-f "%ROOT%pom.xml""

set "JAVA_MAJOR=0"
for /f "tokens=2 delims=.- " %%v in ('""%JDK%javac" -version 2^>nul"') do set /a "JAVA_MAJOR=%%v" 2>nul
if %JAVA_MAJOR% LSS 17 (
	echo mvnw: A JDK is needed, version 17 or newer, in JAVA_HOME or in the PATH. 1>&2
	exit /b 1
)

set "MAVEN=mvn.cmd"
set "MAVEN_NUMBER=0"
for /f "tokens=3-5 delims=.- " %%a in ('mvn.cmd -B --version 2^>nul ^| findstr /c:"Apache Maven"') do set /a "MAVEN_NUMBER=%%a*10000+%%b*100+%%c"
if %MAVEN_NUMBER% GEQ 30807 goto run

for /f "usebackq tokens=1,* delims==" %%k in ("%PROPERTIES%") do (
	if "%%k"=="distributionUrl" set "URL=%%l"
	if "%%k"=="distributionSha256Sum" set "SUM=%%l"
)
for %%n in ("%URL%") do set "NAME=%%~nn"
set "NAME=%NAME:-bin=%"
set "RELEASES=%USERPROFILE%\.m2\wrapper\dists\%NAME%"
set "RELEASE=%RELEASES%\%SUM:~0,8%"
set "MAVEN=%RELEASE%\bin\mvn.cmd"
if exist "%MAVEN%" goto run

echo mvnw: downloading %URL% 1>&2
set "SCRATCH=%RELEASES%\download.%RANDOM%"
mkdir "%SCRATCH%"
curl -fsSL --connect-timeout 20 --retry 2 -o "%SCRATCH%\maven.zip" "%URL%"
if errorlevel 1 goto no_maven
certutil -hashfile "%SCRATCH%\maven.zip" SHA256 | findstr /i /x "%SUM%" >nul
if errorlevel 1 goto wrong_sum
pushd "%SCRATCH%"
"%JDK%jar" xf maven.zip
popd
if not exist "%SCRATCH%\%NAME%\bin\mvn.cmd" goto no_maven
move "%SCRATCH%\%NAME%" "%RELEASE%" >nul
rmdir /s /q "%SCRATCH%"

:run
"%MAVEN%" %* %WHOLE_PROJECT%
exit /b

:wrong_sum
echo mvnw: What %URL% gave has not the SHA-256 sum %SUM%. 1>&2

:no_maven
rmdir /s /q "%SCRATCH%"
echo mvnw: Maven could not be downloaded from %URL%. 1>&2
echo mvnw: Mend that, or install Maven 3.8.7 or newer yourself. 1>&2
exit /b 2
