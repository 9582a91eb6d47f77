package io.baton.bench.flowable;

import com.zaxxer.hikari.HikariDataSource;
import io.baton.bench.contender.Caller;
import io.baton.bench.contender.Contender;
import io.baton.bench.contender.ContenderDatabase;
import io.baton.bench.contender.Workload;
import java.util.Map;
import org.flowable.common.engine.impl.history.HistoryLevel;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.ProcessEngineConfiguration;
import org.flowable.engine.RuntimeService;
import org.flowable.engine.TaskService;
import org.flowable.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.flowable.task.api.Task;

/**
 * Flowable in process. Full history; everything that the workloads have no use for is off (the identity and event
 * registry engines, the event dispatcher, history clean-up); what makes it faster is on: bulk inserts,
 * relationship counts and ids from blocks, all of them its defaults.
 */
public final class FlowableContender implements Contender {
    private final HikariDataSource pool;
    private final StandaloneProcessEngineConfiguration configuration;
    private final ProcessEngine engine;
    private final RuntimeService cases;
    private final TaskService tasks;

    FlowableContender(ContenderDatabase database) {
        pool = database.pool();
        configuration = new StandaloneProcessEngineConfiguration();
        configuration.setDataSource(pool);
        configuration.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE);
        configuration.setHistoryLevel(HistoryLevel.FULL);
        configuration.setAsyncExecutorActivate(false);
        configuration.setBulkInsertEnabled(true);
        configuration.setEnableExecutionRelationshipCounts(true);
        configuration.setEnableTaskRelationshipCounts(true);
        configuration.setDisableIdmEngine(true);
        configuration.setDisableEventRegistry(true);
        configuration.setEnableEventDispatcher(false);
        configuration.setEnableHistoryCleaning(false);
        engine = configuration.buildProcessEngine();
        cases = engine.getRuntimeService();
        tasks = engine.getTaskService();
    }

    @Override
    public String version() {
        return ProcessEngine.VERSION;
    }

    @Override
    public void prepare(Workload workload) {
        engine.getRepositoryService()
                .createDeployment()
                .addClasspathResource(workload.resource())
                .deploy();
        if (workload.hasTimers() && !configuration.getAsyncExecutor().isActive()) {
            configuration.getAsyncExecutor().start();
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
            return new FlowableContender(database);
        }
    }
}
