package io.baton.bench.operaton;

import com.zaxxer.hikari.HikariDataSource;
import io.baton.bench.contender.Caller;
import io.baton.bench.contender.Contender;
import io.baton.bench.contender.ContenderDatabase;
import io.baton.bench.contender.Workload;
import java.util.Map;
import org.operaton.bpm.engine.ProcessEngine;
import org.operaton.bpm.engine.ProcessEngineConfiguration;
import org.operaton.bpm.engine.RuntimeService;
import org.operaton.bpm.engine.TaskService;
import org.operaton.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.operaton.bpm.engine.task.Task;

/**
 * Operaton in process. Full history; everything that the workloads have no use for is off (metrics and their reporter,
 * CMMN, DMN, tasks outside a process, authorisation, history clean-up); JDBC batches, its default, are on.
 */
public final class OperatonContender implements Contender {
    /** Flowable's default; Operaton's own is 100. Measured: UUIDs make 47 kB of WAL for a case of W1, blocks 37 kB. */
    private static final int ID_BLOCK_SIZE = 2500;

    private final HikariDataSource pool;
    private final StandaloneProcessEngineConfiguration configuration;
    private final ProcessEngine engine;
    private final RuntimeService cases;
    private final TaskService tasks;

    OperatonContender(ContenderDatabase database) {
        pool = database.pool();
        configuration = new StandaloneProcessEngineConfiguration();
        configuration.setDataSource(pool);
        configuration.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE);
        configuration.setHistory(ProcessEngineConfiguration.HISTORY_FULL);
        configuration.setJobExecutorActivate(false);
        configuration.setJdbcBatchProcessing(true);
        configuration.setIdBlockSize(ID_BLOCK_SIZE);
        configuration.setMetricsEnabled(false);
        configuration.setTaskMetricsEnabled(false);
        configuration.setDbMetricsReporterActivate(false);
        configuration.setCmmnEnabled(false);
        configuration.setDmnEnabled(false);
        configuration.setStandaloneTasksEnabled(false);
        configuration.setAuthorizationEnabled(false);
        configuration.setTenantCheckEnabled(false);
        configuration.setHistoryCleanupEnabled(false);
        configuration.setEnforceHistoryTimeToLive(false);
        engine = configuration.buildProcessEngine();
        cases = engine.getRuntimeService();
        tasks = engine.getTaskService();
    }

    @Override
    public String version() {
        return ProcessEngine.class.getPackage().getImplementationVersion();
    }

    @Override
    public void prepare(Workload workload) {
        engine.getRepositoryService()
                .createDeployment()
                .addClasspathResource(workload.resource())
                .deploy();
        if (workload.hasTimers() && !configuration.getJobExecutor().isActive()) {
            configuration.getJobExecutor().start();
        }
    }

    @Override
    public void runCase(Workload workload, Caller caller) {
        switch (workload) {
            case W1 -> {
                String id = start(workload);
                complete(taskOf(id), caller, Map.of("approved", true));
                complete(taskOf(id), caller, Map.of());
            }
            case W2 -> caller.completing(() -> start(workload));
            case W3 -> {
                for (Task task : tasks.createTaskQuery()
                        .processInstanceId(start(workload))
                        .list()) {
                    complete(task, caller, Map.of());
                }
            }
        }
    }

    private String start(Workload workload) {
        return cases.startProcessInstanceByKey(workload.name(), workload.variables())
                .getId();
    }

    private Task taskOf(String caseId) {
        return tasks.createTaskQuery().processInstanceId(caseId).singleResult();
    }

    private void complete(Task task, Caller caller, Map<String, Object> variables) {
        tasks.claim(task.getId(), caller.person());
        caller.completing(() -> tasks.complete(task.getId(), variables));
    }

    @Override
    public long endedCases(Workload workload) {
        return engine.getHistoryService()
                .createHistoricProcessInstanceQuery()
                .processDefinitionKey(workload.name())
                .finished()
                .count();
    }

    @Override
    public void close() {
        engine.close();
        pool.close();
    }

    /** Found by the worker as a service. */
    public static final class Opening implements Contender.Opening {
        @Override
        public Contender open(ContenderDatabase database) {
            return new OperatonContender(database);
        }
    }
}
